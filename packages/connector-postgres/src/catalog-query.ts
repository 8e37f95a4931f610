/**
 * Everything about the tables and views of the schemas in $1, a row for each, lists as JSON.
 * Only tables that the user may read. A partition is a part of its parent, and no stream.
 */
export const catalogQuery = `
with recursive domains as (
  select t.oid as type, t.typbasetype as base, t.typtypmod as modifier, t.typnotnull as not_null, t.typdefault is not null as filled
  from pg_catalog.pg_type t where t.typtype = 'd'
  union all
  select d.type, t.typbasetype, case when d.modifier = -1 then t.typtypmod else d.modifier end, d.not_null or t.typnotnull, d.filled or t.typdefault is not null
  from domains d join pg_catalog.pg_type t on t.oid = d.base where t.typtype = 'd'
), bases as (
  select d.* from domains d join pg_catalog.pg_type t on t.oid = d.base where t.typtype <> 'd'
), tables as (
  select c.oid, n.nspname, c.relname, c.relkind, c.reltuples, c.relrowsecurity
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1::text[]) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and pg_catalog.has_any_column_privilege(c.oid, 'select')
)
select r.nspname::text as schema, r.relname::text as name, r.relkind::text as kind, r.reltuples::float8 as rows,
  pg_catalog.obj_description(r.oid, 'pg_class') as about,
  pg_catalog.has_any_column_privilege(r.oid, 'insert') as may_insert,
  pg_catalog.has_any_column_privilege(r.oid, 'update') as may_update,
  pg_catalog.has_table_privilege(r.oid, 'delete') as may_delete,
  pg_catalog.has_database_privilege(pg_catalog.current_database(), 'temp') as may_stage,
  not r.relrowsecurity and r.relkind = 'r' and not exists (
    select from pg_catalog.pg_trigger g where g.tgrelid = r.oid and not g.tgisinternal and g.tgtype & 2 = 2 and g.tgtype & 4 = 4
  ) as plain_insert,
  (
    select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', a.attname,
      'type', pg_catalog.quote_ident(bn.nspname) || '.' || pg_catalog.quote_ident(b.typname),
      'list_type', (select pg_catalog.quote_ident(an.nspname) || '.' || pg_catalog.quote_ident(y.typname) from pg_catalog.pg_type y join pg_catalog.pg_namespace an on an.oid = y.typnamespace where y.oid = b.typarray),
      'type_name', b.typname,
      'type_text', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'kind', b.typtype,
      'is_list', b.typcategory = 'A' and b.typelem <> 0,
      'member_name', m.typname,
      'member_kind', m.typtype,
      'labels', (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid in (b.oid, m.oid)),
      'modifier', case when d.modifier is null or a.atttypmod <> -1 then a.atttypmod else d.modifier end,
      'not_null', a.attnotnull or coalesce(d.not_null, false),
      'filled', a.atthasdef or a.attidentity <> '' or coalesce(d.filled, false),
      'fixed', a.attgenerated <> '' or a.attidentity = 'a',
      'about', pg_catalog.col_description(r.oid, a.attnum),
      'indexed', exists (select from pg_catalog.pg_index i where i.indrelid = r.oid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum)
    ) order by a.attnum)
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join bases d on d.type = t.oid
    join pg_catalog.pg_type b on b.oid = coalesce(d.base, t.oid)
    join pg_catalog.pg_namespace bn on bn.oid = b.typnamespace
    left join pg_catalog.pg_type m on m.oid = b.typelem and b.typcategory = 'A'
    where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and pg_catalog.has_column_privilege(r.oid, a.attnum, 'select')
  ) as columns,
  (
    select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', ic.relname, 'primary', i.indisprimary, 'immediate', i.indimmediate,
      'columns', (
        select pg_catalog.json_agg(a.attname order by k.place)
        from pg_catalog.unnest(i.indkey::int2[]) with ordinality k(number, place) join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum = k.number
        where k.place <= i.indnkeyatts
      )
    ) order by i.indisprimary desc, i.indnkeyatts, ic.relname)
    from pg_catalog.pg_index i join pg_catalog.pg_class ic on ic.oid = i.indexrelid
    where i.indrelid = r.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
  ) as uniques,
  (
    select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', f.conname, 'schema', fn.nspname, 'table', fc.relname,
      'columns', (select pg_catalog.json_agg(a.attname order by k.place) from pg_catalog.unnest(f.conkey) with ordinality k(number, place) join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number),
      'targets', (select pg_catalog.json_agg(a.attname order by k.place) from pg_catalog.unnest(f.confkey) with ordinality k(number, place) join pg_catalog.pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number)
    ) order by f.conname)
    from pg_catalog.pg_constraint f join pg_catalog.pg_class fc on fc.oid = f.confrelid join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
    where f.conrelid = r.oid and f.contype = 'f'
  ) as foreign_keys,
  (
    select pg_catalog.json_agg(pg_catalog.quote_ident(dn.nspname) || '.' || pg_catalog.quote_ident(f.conname))
    from pg_catalog.pg_constraint f join pg_catalog.pg_namespace dn on dn.oid = f.connamespace
    where f.condeferred and r.oid in (f.conrelid, f.confrelid)
  ) as deferred
from tables r
order by pg_catalog.array_position($1::text[], r.nspname::text), r.relname`;
