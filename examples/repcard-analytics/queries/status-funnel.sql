-- How many customers ever reached each status, and how long after they were created.
select l.status_to as status,
       count(distinct l.customer_id) as customers,
       round(100.0 * count(distinct l.customer_id) / nullif((select count(*) from repcard_customers), 0), 1) as percent_of_all,
       round(avg(extract(epoch from l.changed_at - c.created_at)) / 86400, 1) as days_after_creation
from repcard_status_logs l
join repcard_customers c on c.id = l.customer_id
group by l.status_to
order by count(distinct l.customer_id) desc, l.status_to;
