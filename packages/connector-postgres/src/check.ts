import type { Call, CheckItem, World } from "@fieldwright/connector-kit";
import { arrayLiteral } from "@fieldwright/connector-kit/sql";
import type { Door } from "./door.js";
import { joined } from "./door.js";
import { connectionHint, connectionTrouble } from "./trouble.js";

export interface Checked {
  readonly door: Door;
  readonly schemas: readonly string[];
  readonly world: World;
  readonly url?: string;
}

interface Answer {
  readonly version: number;
  readonly text: string;
  readonly now_ms: number;
  readonly user_name: string;
  readonly schemas: readonly { readonly name: string; readonly there: boolean; readonly usage: boolean; readonly create: boolean }[];
}

const question = `select pg_catalog.current_setting('server_version_num')::int4 as version, pg_catalog.current_setting('server_version') as text,
  (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::float8 as now_ms, current_user::text as user_name,
  (select pg_catalog.json_agg(pg_catalog.json_build_object('name', s.name, 'there', n.oid is not null,
     'usage', coalesce(pg_catalog.has_schema_privilege(n.oid, 'usage'), false), 'create', coalesce(pg_catalog.has_schema_privilege(n.oid, 'create'), false)) order by s.place)
   from pg_catalog.unnest($1::text[]) with ordinality s(name, place) left join pg_catalog.pg_namespace n on n.nspname = s.name) as schemas`;

const oldestVersion = 140_000;
const clockToleranceMs = 5_000;

/** What works and what does not, in plain words. */
export async function checkDatabase({ door, schemas, world, url }: Checked, call: Call): Promise<readonly CheckItem[]> {
  const before = world.now().getTime();
  let answer: Answer | undefined;
  try {
    [answer] = await (joined(door, call) ?? door.database).query<Answer>(question, [arrayLiteral(schemas)]);
  } catch (error) {
    return [{ what: "connection", ok: false, says: `${door.database.name}: ${connectionTrouble(error)} ${connectionHint(error)}` }];
  }
  if (!answer) return [{ what: "connection", ok: false, says: `${door.database.name} gave no answer. Run again.` }];
  const after = world.now().getTime();
  return [
    { what: "connection", ok: true, says: `${door.database.name} answers, as user ${answer.user_name}.` },
    versionItem(answer),
    ...answer.schemas.map((schema) => schemaItem(schema, answer.user_name)),
    clockItem(answer.now_ms - (before + after) / 2),
    ...poolerItem(url),
  ];
}

function versionItem({ version, text }: Answer): CheckItem {
  const ok = version >= oldestVersion;
  return {
    what: "version",
    ok,
    says: ok ? `PostgreSQL ${text}.` : `PostgreSQL ${text} is too old: version 14 or later is needed. Upgrade the server.`,
  };
}

function schemaItem({ name, there, usage, create }: Answer["schemas"][number], user: string): CheckItem {
  const what = `schema ${name}`;
  if (!there)
    return {
      what,
      ok: false,
      says: `The schema ${name} does not exist. Check \`schema\` in the connection's options, or let \`fieldwright migrate\` create it.`,
    };
  if (!usage)
    return { what, ok: false, says: `The user ${user} may not use the schema ${name}. Run: grant usage on schema "${name}" to "${user}".` };
  return {
    what,
    ok: true,
    says: create
      ? `The schema ${name} can be used, and tables can be created in it.`
      : `The schema ${name} can be used; tables cannot be created in it, so \`fieldwright migrate\` can only show the SQL.`,
  };
}

function clockItem(skewMs: number): CheckItem {
  const ok = Math.abs(skewMs) <= clockToleranceMs;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return {
    what: "clock",
    ok,
    says: ok
      ? "The database's clock agrees with this machine's."
      : `The database's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's: changes could be missed. Set both by a time server.`,
  };
}

/** By convention: no answer of the server tells a pooler from a database. */
function poolerItem(url: string | undefined): readonly CheckItem[] {
  if (url === undefined || !/:6543(?:\/|\?|$)/.test(url)) return [];
  return [
    {
      what: "pooler",
      ok: true,
      says: "The address looks like a pooler in transaction mode (port 6543). That is fine: nothing is kept between transactions.",
    },
  ];
}
