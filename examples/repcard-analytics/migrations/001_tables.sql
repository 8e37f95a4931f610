-- The seven tables that the syncs fill. It may be run again: what is there stays.

create table if not exists public.repcard_offices (
  id       bigint primary key,
  name     text,
  email    text,
  phone    text,
  address  text,
  city     text,
  state    text,
  zip      text,
  raw_data jsonb not null
);

create table if not exists public.repcard_users (
  id            bigint primary key,
  first_name    text,
  last_name     text,
  full_name     text,
  email         text,
  username      text,
  phone         text,
  job_title     text,
  role          text,
  badge_id      text,
  external_id   text,
  status        text,
  rating        numeric(3, 1),
  date_of_birth date,
  office        text,
  office_id     bigint references public.repcard_offices (id),
  team          text,
  company_name  text,
  created_at    timestamptz,
  last_login_at timestamptz,
  raw_data      jsonb not null
);

create table if not exists public.repcard_customers (
  id             bigint primary key,
  type           text not null check (type in ('lead', 'customer', 'recruit', 'other')),
  first_name     text,
  last_name      text,
  full_name      text,
  email          text,
  phone          text,
  country_code   text,
  company_name   text,
  status_id      bigint,
  status         text,
  address        text,
  address2       text,
  city           text,
  state          text,
  zip            text,
  latitude       double precision,
  longitude      double precision,
  external_id    text,
  contact_source text,
  owner_id       bigint references public.repcard_users (id),
  created_by_id  bigint references public.repcard_users (id),
  created_at     timestamptz,
  updated_at     timestamptz,
  raw_data       jsonb not null
);

create table if not exists public.repcard_appointments (
  id               bigint primary key,
  title            text,
  customer_id      bigint references public.repcard_customers (id),
  setter_id        bigint references public.repcard_users (id),
  closer_id        bigint references public.repcard_users (id),
  calendar_id      bigint,
  starts_at        timestamptz,
  ends_at          timestamptz,
  timezone         text,
  minutes          integer,
  location         text,
  outcome_id       bigint,
  outcome          text,
  outcome_category text,
  notes            text,
  created_at       timestamptz,
  updated_at       timestamptz,
  raw_data         jsonb not null
);

create table if not exists public.repcard_status_logs (
  id             text primary key,
  customer_id    bigint references public.repcard_customers (id),
  user_id        bigint references public.repcard_users (id),
  status_from_id bigint,
  status_from    text,
  status_to_id   bigint,
  status_to      text,
  changed_at     timestamptz,
  raw_data       jsonb not null
);

create table if not exists public.repcard_customer_attachments (
  id          bigint primary key,
  customer_id bigint references public.repcard_customers (id),
  user_id     bigint references public.repcard_users (id),
  url         text,
  raw_data    jsonb not null
);

create table if not exists public.repcard_appointment_attachments (
  id             bigint primary key,
  appointment_id bigint references public.repcard_appointments (id),
  user_id        bigint references public.repcard_users (id),
  type           text,
  url            text,
  raw_data       jsonb not null
);

create index if not exists repcard_users_office_id on public.repcard_users (office_id);
create index if not exists repcard_customers_owner_id on public.repcard_customers (owner_id);
create index if not exists repcard_customers_created_by_id on public.repcard_customers (created_by_id);
create index if not exists repcard_customers_status on public.repcard_customers (type, status);
create index if not exists repcard_appointments_customer_id on public.repcard_appointments (customer_id);
create index if not exists repcard_appointments_setter_id on public.repcard_appointments (setter_id);
create index if not exists repcard_appointments_closer_id on public.repcard_appointments (closer_id);
create index if not exists repcard_appointments_starts_at on public.repcard_appointments (starts_at);
create index if not exists repcard_status_logs_customer_id on public.repcard_status_logs (customer_id, changed_at);
create index if not exists repcard_status_logs_user_id on public.repcard_status_logs (user_id);
create index if not exists repcard_customer_attachments_customer_id on public.repcard_customer_attachments (customer_id);
create index if not exists repcard_customer_attachments_user_id on public.repcard_customer_attachments (user_id);
create index if not exists repcard_appointment_attachments_appointment_id on public.repcard_appointment_attachments (appointment_id);
create index if not exists repcard_appointment_attachments_user_id on public.repcard_appointment_attachments (user_id);

comment on table public.repcard_offices is 'Offices, as RepCard has them. Filled by syncs/repcard-offices.yaml.';
comment on table public.repcard_users is 'Users. RepCard gives the office as a name; office_id is looked up by it.';
comment on table public.repcard_customers is 'Leads, customers, recruits and others, told apart by type.';
comment on table public.repcard_appointments is 'Appointments; outcome is null until somebody has set one.';
comment on table public.repcard_status_logs is 'Every change of a customer''s status; status_from is null for the first.';
comment on table public.repcard_customer_attachments is 'Files of customers; url leads to the file.';
comment on table public.repcard_appointment_attachments is 'Files of appointments; url leads to the file.';
comment on column public.repcard_customers.owner_id is 'The user who owns the contact now.';
comment on column public.repcard_customers.created_by_id is 'The user who made the contact.';
comment on column public.repcard_customers.raw_data is 'The whole record as RepCard said it, with the company''s own custom fields.';
comment on column public.repcard_appointments.setter_id is 'The user who made the appointment.';
comment on column public.repcard_appointments.starts_at is 'RepCard writes UTC without a zone; timezone is where the appointment takes place.';
