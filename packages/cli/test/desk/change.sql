-- What a week does to both sides.
update office.customers set phone = '303-555-0999', city = 'Aurora' where id = 1;
update crm.contacts set name = 'Benjamin Ortiz' where office_id = 2;
update office.customers set name = 'Ben R. Ortiz', lead_source = 'fair' where id = 2;
update crm.contacts set phone = null where office_id = 1;
delete from office.customers where id = 4;
insert into crm.contacts (name, email) values ('Eve Lang', 'eve@example.com'), ('E. Lang', 'eve@example.com'), ('Finn Ray', 'finn@example.com');
insert into office.customers values
  (5, 'Eve Lang', 'eve@example.com', null, 'web', 'Denver'),
  (6, 'Finn Ray', 'finn@example.com', '303-555-0106', 'web', 'Golden'),
  (7, 'Gus Hale', 'gus@example.com', 'call the office', 'web', 'Denver'),
  (8, 'Hana 花 Mori', 'hana@example.com', null, 'web', 'Denver');
update office.jobs set offered = true, sold = true where id = 11;
update office.jobs set offered = false, sold = false where id = 12;
insert into office.jobs values (13, 'Ray windows', 6, false, false), (14, 'Nobody''s porch', 99, false, false);
