-- Customers with their files, those with the most first.
select c.id,
       c.full_name as customer,
       c.type,
       u.full_name as owner,
       count(distinct ca.id) as customer_files,
       count(distinct aa.id) as appointment_files
from repcard_customers c
left join repcard_users u on u.id = c.owner_id
left join repcard_customer_attachments ca on ca.customer_id = c.id
left join repcard_appointments a on a.customer_id = c.id
left join repcard_appointment_attachments aa on aa.appointment_id = a.id
group by c.id, c.full_name, c.type, u.full_name
having count(ca.id) + count(aa.id) > 0
order by count(distinct ca.id) + count(distinct aa.id) desc, c.id
limit 25;
