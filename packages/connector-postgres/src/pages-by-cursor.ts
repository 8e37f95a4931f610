import type { Call, DataRecord, Page, ReadRequest } from "@fieldwright/connector-kit";
import { type Door, joined, limitTime } from "./door.js";
import { handOver } from "./hand-over.js";
import { bounded, isFull, type Listed } from "./listed.js";
import { troubleOf } from "./trouble.js";

type Rows = readonly Readonly<Record<string, unknown>>[];

interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly size: number;
}

/** Rows without a key have no order to resume by: one cursor at the server, which sees one state of the table from first to last. */
export async function* pagesByCursor(listed: Listed, request: ReadRequest, call: Call): AsyncGenerator<Page> {
  const { door, table, select } = listed;
  const conditions = bounded(listed, request);
  const query = {
    text: `select ${select.list} from ${table.path} t${conditions.where}`,
    values: conditions.values,
    size: request.pageSize,
  };
  let held: readonly DataRecord[] | undefined;
  try {
    for await (const rows of openRows(door, call, query)) {
      call.signal.throwIfAborted();
      if (held) yield { records: held };
      held = rows.map(select.record);
    }
  } catch (error) {
    throw troubleOf(error);
  }
  yield { records: held ?? [], complete: isFull(listed, request) };
}

function openRows(door: Door, call: Call, query: Query): AsyncIterable<Rows> {
  const session = joined(door, call);
  if (session) return session.stream(query.text, query.values, query.size);
  if (door.database.kind === "embedded") return heldRows(door, query);
  return handOver((give) =>
    door.database.transaction(async (own) => {
      await limitTime(door, own);
      await own.run("set local idle_in_transaction_session_timeout = 0"); // pages may be worked on for longer than the session's minute
      for await (const rows of own.stream(query.text, query.values, query.size)) if (!(await give(rows))) return;
    }),
  );
}

let opened = 0;

/** The embedded database has one session: a transaction left open between pages would lock out the writes of those very pages. */
async function* heldRows({ database }: Door, query: Query): AsyncGenerator<Rows> {
  const name = `fieldwright_held_${++opened}`;
  await database.run(`declare ${name} no scroll cursor with hold for ${query.text}`, query.values);
  try {
    for (;;) {
      const rows = await database.query(`fetch ${Math.floor(query.size)} from ${name}`);
      if (rows.length === 0) return;
      yield rows;
    }
  } finally {
    await database.run(`close ${name}`);
  }
}
