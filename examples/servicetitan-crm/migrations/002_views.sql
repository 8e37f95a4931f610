-- What people look at, once the first run is through. It may be run again.

-- Where each sync stands.
create or replace view servicetitan_crm.sync_status as
select s.name as sync, case when s.name in ('technician-assignments', 'lost-estimates', 'pricebook-services') then 'crm to servicetitan' else 'servicetitan to crm' end as direction,
  l.status, l.completed as last_run, l.read, l.created, l.updated, l.failed, l.completed - l.started as took,
  (select count(*) from fieldwright.links k where k.sync = s.id) as linked,
  (select count(*) from fieldwright.pending p where p.sync = s.id and p.state = 'waiting') as waiting,
  (select count(*) from fieldwright.pending p where p.sync = s.id and p.state = 'held') as held
from fieldwright.syncs s
left join lateral (
  select * from fieldwright.run_syncs r where r.sync = s.name order by r.run desc limit 1
) l on true;

-- The last things that were written, with what they changed.
create or replace view servicetitan_crm.recent_activity as
select at, sync, operation, state, source_id, target_id, before, after, by
from fieldwright.trail order by id desc limit 200;

-- How many opportunities stand in which stage, as the CRM itself says: moves of people count as well. Stages without any are there too.
create or replace view servicetitan_crm.pipeline_distribution as
select p.name as pipeline, s.name as stage, count(o.id) as opportunities, coalesce(sum((o.data->>'amount')::numeric), 0) as amount
from servicetitan_crm.stages s
join servicetitan_crm.pipelines p on p.key = s.pipeline
left join landing.crm_opportunities o
  on o.data->>'pipeline' = s.pipeline and o.data->>'stage' = s.stage and o.deleted_at is null
group by p.name, p."order", s.name, s."order"
order by p."order", s."order";
