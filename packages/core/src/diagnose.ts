import type { CheckItem } from "@fieldwright/connector-kit";
import type { RunContext } from "./open-run.js";
import { streamName } from "./order.js";

type Finding = CheckItem & { readonly part: string };

const clockToleranceMs = 60_000;

/** What works and what does not: the store, each connection, and each stream that the specs read. */
export async function diagnoseAll(context: RunContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [...(await checkStore(context))];
  const call = { signal: AbortSignal.timeout(60_000), priority: "people" as const };
  for (const name of context.connections.names) {
    const connection = context.connections.get(name);
    const items = await connection
      .check(call)
      .catch((error: unknown): readonly CheckItem[] => [{ what: "reach", ok: false, says: saysOf(error) }]);
    findings.push(...items.map((item) => ({ ...item, part: name })));
    const { state } = connection.budget ?? {};
    if (state)
      findings.push({
        part: name,
        what: "budget",
        ok: true,
        says: `${state.left} of ${state.limit} requests left in ${state.perSeconds} seconds.`,
      });
    if (items.every((item) => item.ok)) findings.push(...(await checkStreams(context, name)));
  }
  return findings;
}

async function checkStore(context: RunContext): Promise<readonly Finding[]> {
  const { store } = context;
  try {
    const [row] = await store.database.query<{ version: string; now: string }>("select version() as version, now() as now");
    const skew = Math.abs(Date.parse(row?.now ?? "") - context.now().getTime());
    return [
      { part: "store", what: "reach", ok: true, says: `${store.database.name}, ${row?.version.split(" ").slice(0, 2).join(" ")}.` },
      {
        part: "store",
        what: "clock",
        ok: skew < clockToleranceMs,
        says:
          skew < clockToleranceMs
            ? "The store's clock agrees with this machine's."
            : `The store's clock is ${Math.round(skew / 1000)} s away from this machine's: set both by NTP.`,
      },
    ];
  } catch (error) {
    return [{ part: "store", what: "reach", ok: false, says: saysOf(error) }];
  }
}

/** One page of each stream that a spec reads. */
async function checkStreams(context: RunContext, connection: string): Promise<readonly Finding[]> {
  const wanted = new Set(
    context.project.syncs
      .flatMap((spec) => [streamName(spec.from), ...Object.values(spec.from.with).map(streamName)])
      .filter((name) => name.startsWith(`${connection}.`)),
  );
  if (wanted.size === 0) return [];
  const signal = AbortSignal.timeout(120_000);
  const streams = await context.connections.streams([connection], signal);
  const findings: Finding[] = [];
  for (const name of wanted) {
    const stream = streams.get(name);
    const part = name;
    try {
      const pages = stream?.read?.({ pageSize: 10 }, { signal, priority: "people" });
      const first = await pages?.[Symbol.asyncIterator]().next();
      const count = first?.done === false ? first.value.records.length : 0;
      findings.push(
        stream
          ? { part, what: "read", ok: true, says: `A first page of ${count} records.` }
          : { part, what: "read", ok: false, says: "There is no such stream." },
      );
    } catch (error) {
      findings.push({ part, what: "read", ok: false, says: saysOf(error) });
    }
  }
  return findings;
}

function saysOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint = "hint" in error && typeof error.hint === "string" ? ` ${error.hint}` : "";
  return error.message + hint;
}
