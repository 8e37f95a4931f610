-- How each office's appointments ended.
select coalesce(o.name, '(no office)') as office,
       count(*) as appointments,
       count(*) filter (where a.outcome_category = 'Sit') as sat,
       count(*) filter (where a.outcome = 'Signed Up') as signed,
       count(*) filter (where a.outcome_category = 'No Sit') as no_sit,
       count(*) filter (where a.outcome is null) as open,
       round(100.0 * count(*) filter (where a.outcome = 'Signed Up') / nullif(count(*) filter (where a.outcome is not null), 0), 1) as signed_percent
from repcard_appointments a
left join repcard_users u on u.id = a.setter_id
left join repcard_offices o on o.id = u.office_id
group by o.name
order by count(*) desc, office;
