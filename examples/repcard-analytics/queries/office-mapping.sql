-- Which office each user's office name was found to be; users with a name that no office has come first.
select u.id as user_id,
       u.full_name as "user",
       u.office as office_name,
       u.office_id,
       o.city,
       o.state,
       case when u.office is null then 'no office given' when u.office_id is null then 'no such office' else 'mapped' end as mapping
from repcard_users u
left join repcard_offices o on o.id = u.office_id
order by (u.office is not null and u.office_id is null) desc, u.office nulls last, u.full_name;
