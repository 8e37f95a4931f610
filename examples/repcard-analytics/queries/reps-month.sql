-- What each rep did in the last month there is data for: new contacts, appointments set, closed, signed.
with last as (
  select date_trunc('month', max(created_at)) as month from repcard_customers
)
select u.full_name as rep,
       u.office,
       (select count(*) from repcard_customers c, last where c.created_by_id = u.id and date_trunc('month', c.created_at) = last.month) as contacts,
       (select count(*) from repcard_appointments a, last where a.setter_id = u.id and date_trunc('month', a.created_at) = last.month) as appointments_set,
       (select count(*) from repcard_appointments a, last where a.closer_id = u.id and date_trunc('month', a.starts_at) = last.month) as appointments_closed,
       (select count(*) from repcard_appointments a, last where a.closer_id = u.id and a.outcome = 'Signed Up' and date_trunc('month', a.starts_at) = last.month) as signed
from repcard_users u
order by signed desc, appointments_set desc, contacts desc, rep
limit 25;
