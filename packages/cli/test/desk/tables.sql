create schema office;
create table office.customers (id int primary key, name text, email text, phone text, lead_source text, city text);
create table office.jobs (id int primary key, title text, customer_id int, offered boolean, sold boolean);
create schema crm;
create table crm.contacts (id int generated always as identity primary key, office_id int, name text, email text, phone text, lead_source text, city text);
create table crm.deals (id int generated always as identity primary key, job_id int, title text, stage text, contact_id int);
insert into office.customers values
  (1, 'Ada Smith', 'ada@example.com', '303-555-0101', 'web', 'Denver'),
  (2, 'Ben Ortiz', 'ben@example.com', '303-555-0102', 'web', 'Boulder'),
  (3, '<script>alert(1)</script>', 'cleo@example.com', null, '=1+1', 'Golden'),
  (4, 'Dot Marsh', 'dot@example.com', '303-555-0104', 'fair', 'Denver');
insert into office.jobs values
  (11, 'Smith roof', 1, true, false),
  (12, 'Ortiz gutters', 2, true, true);
