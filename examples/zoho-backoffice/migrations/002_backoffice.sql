-- One row a lead, whichever way it came. It may be run again: what is there stays.

create schema if not exists backoffice;

create table if not exists backoffice.leads (
  id             bigint generated always as identity primary key,
  -- The three keys are unique: of two paths that run at the same moment, the database refuses the second one's row, and its next run finds the first's.
  zoho_lead_id   text unique,
  portal_lead_id uuid unique,
  first_name     text,
  last_name      text not null,
  email          text unique check (email = lower(email)),
  phone          text,
  address        text,
  locality       text,
  latitude       numeric(9, 6) check (latitude between -90 and 90),
  longitude      numeric(9, 6) check (longitude between -180 and 180),
  is_gozo        boolean,
  status         text check (status in ('new', 'contacted', 'qualified', 'lost')),
  system_size    numeric(6, 2),   -- kWp
  quote_amount   numeric(12, 2),  -- EUR
  annual_savings numeric(12, 2),  -- EUR a year
  payment_method text check (payment_method in ('cash', 'loan', 'lease')),
  loan_term      integer check (loan_term > 0),  -- months
  with_battery   boolean,
  battery_size   numeric(6, 2),   -- kWh
  portal_source  text,
  created_at     timestamptz not null default now()
);
