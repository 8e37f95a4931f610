/** What the integrity checks found, for good. */
export const checks: readonly string[] = [
  `create table $.checks (
    id bigint generated always as identity primary key,
    tenant text not null,
    run bigint references $.runs on delete cascade, -- that it followed; null where it was asked for alone
    at timestamptz not null,
    verified boolean not null,
    report jsonb not null
  )`,
  "create index on $.checks (tenant, id)",
  "create index on $.checks (run)",
  `create view $.check_results as
    select c.tenant, c.id as report, c.run, c.at, s.value->>'sync' as sync, r.value->>'about' as about, r.value->>'severity' as severity,
      r.value->>'status' as status, r.value->>'says' as says, (r.value->>'found')::bigint as found, r.value->'records' as records
    from $.checks c, jsonb_array_elements(c.report->'syncs') s, jsonb_array_elements(s.value->'checks') r`,
];
