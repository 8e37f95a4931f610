-- A small CRM as its people have left it: three colleagues, and twelve contacts that were typed by hand.
create schema crm;

create table crm.owners (
  id int primary key,
  name text not null,
  email text not null unique,
  rep_code text unique
);

create table crm.contacts (
  id int generated always as identity primary key,
  name text not null,
  email text,
  phone text,
  street text,
  city text,
  zip text,
  lead_source text,
  stage text,
  estimate numeric(10, 2),
  owner_id int references crm.owners,
  signed boolean not null default false,
  notes text
);
create index on crm.contacts (email);
create index on crm.contacts (phone);

insert into crm.owners (id, name, email) values
  (1, 'Mina Kolb', 'mina@roofing.example.test'),
  (2, 'Jon Tarrant', 'jon@roofing.example.test'),
  (3, 'Sia Brook', 'sia@roofing.example.test');

insert into crm.contacts (name, email, phone, street, city, zip, lead_source, stage, estimate, owner_id, signed, notes) values
  ('Dov Quigley', 'dov.quigley@example.test', '+17205550105', '1420 Dogwood Dr', 'Golden', '80401', 'website', 'quoted', 17600, 1, false, 'Wants slate.'),
  ('Zeke Whitlock', 'zeke.whitlock@example.test', '+17205550127', '1194 Larch Ct', 'Boulder', '80302', 'door-knock', 'won', 14800, 3, true, 'Signed on the porch.'),
  ('Rosa Grady-Lindt', 'rosa.grady@example.test', '+17205550188', '5383 Fir Dr', 'Boulder', '80302', 'website', 'contacted', null, 3, false, 'Married in May. New phone.'),
  ('Hana Delgado', null, '+17205550135', null, 'Denver', '80220', null, 'new', null, null, false, null),
  ('Fay Hale', 'fay.hale@example.test', null, '5766 Cedar Ln', 'Golden', '80401', 'referral', 'contacted', null, 3, false, 'Sister of Ines.'),
  ('Bina Imada', 'bina.imada@example.test', '+17205550129', '2727 Willow Ln', 'Aurora', '80010', 'website', 'inspected', null, 2, false, null),
  ('Uma Foss', 'uma.foss@example.test', '+13035550122', '3924 Willow Ct', 'Denver', '80202', 'referral', 'inspected', null, 1, false, 'Jon was on the roof on Friday.'),
  ('Dara Underhill', null, '+17205550131', '5397 Willow St', 'Aurora', '80010', 'website', 'new', null, 1, false, null),
  ('Dean Underhill', null, '+17205550131', '5397 Willow St', 'Aurora', '80010', 'referral', 'won', 9800, 2, true, 'Garage roof, last year.'),
  ('Gilbert Stone', 'gilbert.stone@example.test', '+13035550171', '9 Quarry Rd', 'Golden', '80401', 'referral', 'won', 21000, 1, true, null),
  ('Ines Calder', 'ines.calder@example.test', '+13035550172', '410 Pearl St', 'Boulder', '80302', 'home-show', 'lost', null, 2, false, 'Went with somebody else.'),
  ('Tilda Moor', null, '+17205550173', '77 Mill Ln', 'Arvada', '80002', 'website', 'contacted', null, 3, false, null);
