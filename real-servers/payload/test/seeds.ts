import type { DataRecord } from "@fieldwright/connector-kit";
import type { CollectionDefinition } from "../../../packages/connector-payload/simulator/collections.js";
import { createSimulator } from "../../../packages/connector-payload/simulator/index.js";
import type { AskNow } from "./ask-now.js";

export interface Seeds {
  /** Leaves the collections as if they had just been filled with `size` records each. */
  sow(size: number): Promise<void>;
}

export interface Ground {
  readonly ask: AskNow;
  readonly url: string;
  readonly authorization: string;
  readonly collections: readonly CollectionDefinition[];
}

/** Side by side the ids come in any order, so only where nobody compares them. */
const side = (size: number): number => (size > 100 ? 10 : 1);

/** The records of the simulator, created through the real API once, and from then on laid back by the database. */
export function createSeeds({ ask, url, authorization, collections }: Ground): Seeds {
  const kept = new Set<number>();
  const tables = ask
    .sql("select tablename from pg_tables where schemaname = 'public' and tablename !~ '^(users|payload_)' order by 1")
    .map(({ tablename }) => `"${tablename}"`);
  // Lists and relations have tables and serial numbers of their own.
  const counted = tables
    .map((table) => ({ table, sequence: ask.sql("select pg_get_serial_sequence($1, 'id') as name", [table])[0]?.name }))
    .filter(({ sequence }) => typeof sequence === "string");
  const empty = (): void => {
    ask.sql("set session_replication_role = replica"); // rows are laid back in any order
    ask.sql(`truncate ${tables.join(", ")} restart identity cascade`);
  };
  const create = async (slug: string, record: DataRecord): Promise<void> => {
    const { id, ...body } = record;
    const headers = { authorization, "content-type": "application/json" };
    const answer = await fetch(`${url}/${slug}?depth=0`, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.status !== 201) throw new Error(`${slug} ${id} was answered with ${answer.status}: ${await answer.text()}`);
  };
  return {
    async sow(size) {
      empty();
      if (kept.has(size)) {
        for (const table of tables) ask.sql(`insert into public.${table} select * from seed_${size}.${table}`);
        for (const { table, sequence } of counted)
          ask.sql(`select setval('${sequence}', (select coalesce(max(id), 0) + 1 from ${table}), false)`);
        return;
      }
      const model = await createSimulator({ size, collections });
      try {
        for (const { slug } of collections) {
          const records = model.holds(slug);
          for (let from = 0; from < records.length; from += side(size))
            await Promise.all(records.slice(from, from + side(size)).map((record) => create(slug, record)));
        }
      } finally {
        await model.close();
      }
      ask.sql(`create schema seed_${size}`);
      for (const table of tables) ask.sql(`create table seed_${size}.${table} as table public.${table}`);
      kept.add(size);
    },
  };
}
