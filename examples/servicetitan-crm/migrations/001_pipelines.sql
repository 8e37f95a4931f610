-- The two pipelines with their thirteen stages, as the CRM shows them. It may be run again: names that were edited here stay.

create schema if not exists servicetitan_crm;

create table if not exists servicetitan_crm.pipelines (
  key     text primary key,
  name    text not null,
  "order" integer not null
);

create table if not exists servicetitan_crm.stages (
  key      text primary key, -- "sales.contacted": pipeline and stage as the specs and the opportunities write them
  pipeline text not null references servicetitan_crm.pipelines (key),
  stage    text not null,
  name     text not null,
  "order"  integer not null,
  unique (pipeline, stage)
);

insert into servicetitan_crm.pipelines (key, name, "order") values
  ('sales', 'Sales', 1),
  ('install', 'Install', 2)
on conflict (key) do nothing;

insert into servicetitan_crm.stages (key, pipeline, stage, name, "order") values
  ('sales.new-lead', 'sales', 'new-lead', 'New Lead', 1),
  ('sales.contacted', 'sales', 'contacted', 'Contacted', 2),
  ('sales.appointment-scheduled', 'sales', 'appointment-scheduled', 'Appointment Scheduled', 3),
  ('sales.proposal-sent', 'sales', 'proposal-sent', 'Proposal Sent', 4),
  ('sales.estimate-follow-up', 'sales', 'estimate-follow-up', 'Estimate Follow-up', 5),
  ('sales.job-sold', 'sales', 'job-sold', 'Job Sold', 6),
  ('sales.estimate-lost', 'sales', 'estimate-lost', 'Estimate Lost', 7),
  ('install.estimate-approved', 'install', 'estimate-approved', 'Estimate Approved / Job Created', 1),
  ('install.pre-install-planning', 'install', 'pre-install-planning', 'Pre-Install Planning / Permitting', 2),
  ('install.scheduled', 'install', 'scheduled', 'Scheduled / Ready for Install', 3),
  ('install.in-progress', 'install', 'in-progress', 'In Progress / On Site', 4),
  ('install.on-hold', 'install', 'on-hold', 'On Hold / Return Visit Needed', 5),
  ('install.job-completed', 'install', 'job-completed', 'Job Completed', 6)
on conflict (key) do nothing;
