import type { Page, ReadRequest } from "@fieldwright/connector-kit";
import { asVendorError, type VendorError } from "@fieldwright/connector-kit";
import { ahead } from "./ahead.js";
import { lowerBound } from "./cursor-value.js";
import type { RunMode } from "./events.js";
import type { Run, Unit } from "./run.js";
import type { Reading } from "./store/stream-state.js";

/** A page as it was read, or the news that one could not be. */
export type ReadPage =
  | { readonly page: Page; readonly failed?: undefined }
  | { readonly page?: undefined; readonly failed: VendorError; readonly goesOnAt: Page["next"]; readonly at: Page["next"] };

const pageSize = 1000;
const failuresInARow = 3;

/** The read that a run does on a stream: the one left unfinished, if it is of the same kind, else a new one. */
export function beginReading(run: Run, unit: Unit): { reading: Reading; resumed: boolean } {
  const left = unit.state.reading;
  const mode = effectiveMode(run.mode, unit);
  if (left && JSON.stringify(left.mode) === JSON.stringify(mode)) return { reading: left, resumed: true };
  const startedAt = run.now().toISOString();
  const { cursor, window } = unit.stream;
  const base = {
    mode,
    startedAt,
    pages: 0,
    failedPages: 0,
    fetched: 0,
    tracksSeen:
      mode.kind === "full" && unit.state.version > 0 && (unit.stream.listing.complete === "by-page" || unit.stream.get !== undefined),
  };
  if (mode.kind === "window")
    return { reading: { ...base, ...(window ? { window: { from: mode.from, to: mode.to } } : daysAsCursor(mode)) }, resumed: false };
  if (mode.kind === "full") return { reading: base, resumed: false };
  if (window?.rolling && !cursor?.filter) {
    const day = (days: number) => new Date(run.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    return { reading: { ...base, window: { from: day(-window.rolling.daysBack), to: day(window.rolling.daysAhead) } }, resumed: false };
  }
  const type = cursor?.type ?? "datetime";
  const overlap = cursor?.overlap ?? 0;
  const until = type === "datetime" && cursor?.field !== undefined ? { until: startedAt } : {};
  return { reading: { ...base, since: lowerBound(unit.state.cursor ?? "", type, overlap), ...until }, resumed: false };
}

/** `incremental` needs something to start from; a stream without it is read in full, and compared by checksum. */
function effectiveMode(mode: RunMode, unit: Unit): RunMode {
  const { cursor, window } = unit.stream;
  if (mode.kind === "window") return window || cursor?.filter ? mode : { kind: "full" };
  if (mode.kind === "full" || unit.state.cursor === null) return { kind: "full" };
  return cursor?.filter || window?.rolling ? mode : { kind: "full" };
}

function daysAsCursor(mode: { from: string; to: string }): Pick<Reading, "since" | "until"> {
  return { since: `${mode.from}T00:00:00.000Z`, until: `${mode.to}T23:59:59.999999Z` };
}

/** Pages from where the reading stands, the next one under way while one is worked on. A page that fails is told and passed over where the connector knows how. */
export function readPages(run: Run, unit: Unit, reading: Reading): AsyncGenerator<ReadPage> {
  return ahead(pagesWithFailures(run, unit, reading));
}

async function* pagesWithFailures(run: Run, unit: Unit, reading: Reading): AsyncGenerator<ReadPage> {
  let at = reading.position;
  let failures = 0;
  for (;;) {
    try {
      for await (const page of unit.stream.read?.(requestFor(unit, reading, at), run.call) ?? []) {
        failures = 0;
        at = page.next;
        yield { page };
      }
      return;
    } catch (error) {
      if (run.signal.aborted) return;
      const failed = asVendorError(error);
      const goesOnAt = failed.next === "retry" || failed.next === "hold-record" ? unit.stream.listing.skip?.(at) : undefined;
      failures++;
      if (goesOnAt === undefined || failures >= failuresInARow) throw failed;
      yield { failed, goesOnAt, at };
      at = goesOnAt;
    }
  }
}

function requestFor(unit: Unit, reading: Reading, position: Page["next"]): ReadRequest {
  return {
    pageSize: Math.min(pageSize, unit.stream.listing.maxPageSize),
    ...(position === undefined ? {} : { position }),
    ...(reading.since === undefined ? {} : { since: reading.since }),
    ...(reading.until === undefined ? {} : { until: reading.until }),
    ...(reading.window === undefined ? {} : { window: reading.window }),
  };
}
