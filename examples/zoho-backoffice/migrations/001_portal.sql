-- The portal's leads, as its own app writes them. Only `zoho_lead_id` is written by a sync. It may be run again: what is there stays.

create schema if not exists portal;

create table if not exists portal.leads (
  id             uuid primary key default gen_random_uuid(),
  full_name      text,
  email          text,
  phone          text,
  address        text,
  locality       text,
  latitude       numeric(9, 6),
  longitude      numeric(9, 6),
  status         text not null default 'new',
  system_size    numeric(6, 2),   -- kWp
  quote_amount   numeric(12, 2),  -- EUR
  annual_savings numeric(12, 2),  -- EUR a year
  payment_method text,
  loan_term      integer,         -- months
  with_battery   boolean,
  battery_size   numeric(6, 2),   -- kWh
  portal_source  text,
  zoho_lead_id   text unique,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);

create index if not exists leads_updated_at on portal.leads (updated_at);
create index if not exists leads_email on portal.leads (email);

create or replace function portal.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end $$;

create or replace trigger leads_touch before update on portal.leads for each row execute function portal.touch();
