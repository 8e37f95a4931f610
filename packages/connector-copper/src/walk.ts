import { type Call, type DataRecord, type Page, type Position, type ReadRequest, VendorError } from "@fieldwright/connector-kit";
import { type Api, unknownShape } from "./api.js";

/**
 * A search in the order of a date that is walked by that date: each page asks for what is not before the last record's second, and
 * leaves out what it has seen. So no page lies beyond the reach of a search, and a record that goes pulls none across a border.
 */
export interface Walk {
  readonly path: string;
  readonly body: DataRecord;
  readonly by: "date_created" | "activity_date";
  readonly direction: "up" | "down";
  /** Inclusive, in seconds. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly request: Pick<ReadRequest, "pageSize" | "position">;
  /** The date never changes, so a walk from the start sees every record; else only a single page proves it. */
  readonly isFixed: boolean;
}

interface State {
  /** The second of the last record; `null` at the start. */
  readonly at: number | null;
  /** The ids of this second that were given. */
  readonly seen: ReadonlySet<string>;
  readonly page: number;
  /** More records share a second than a page holds. */
  readonly isCrowded: boolean;
  readonly total: number | null;
  readonly isProof: boolean;
}

export async function* walk(api: Api, asked: Walk, call: Call): AsyncGenerator<Page> {
  let state = stateFrom(asked.request.position);
  for (;;) {
    const most = api.assumptions.maxPageSize;
    const size = state.isCrowded ? most : Math.min(most, Math.max(1, asked.request.pageSize) + state.seen.size);
    if (state.page > 1 && state.page * size > api.assumptions.reach) throw beyondReach(api, asked);
    const { rows, total } = await api.search(asked.path, bodyFor(api, asked, { state, size }), call);
    const fresh = freshOf(asked, state, rows);
    const isMore = rows.length >= size || (total !== undefined && total > (state.page - 1) * size + rows.length);
    const isLast = fresh.length === 0 ? rows.length < size : !isMore;
    const next = isLast ? undefined : after(asked, state, { fresh, most, isWhole: size === most });
    const isProof = state.isProof && (asked.isFixed || (state.at === null && isLast)) && !(isLast && isMore);
    const claimed = state.total ?? total ?? null;
    yield {
      records: fresh,
      ...(next ? { next: positionOf({ ...next, total: claimed, isProof: isProof && next.isProof }) } : { complete: isProof }),
      ...(claimed === null ? {} : { total: claimed }),
    };
    if (!next) return;
    state = { ...next, total: claimed, isProof: isProof && next.isProof };
  }
}

function bodyFor({ assumptions }: Api, asked: Walk, { state, size }: { readonly state: State; readonly size: number }): DataRecord {
  const isUp = asked.direction === "up";
  const stem = asked.by === "date_created" ? "created_date" : "activity_date";
  const least = isUp ? (state.at ?? asked.from) : asked.from;
  const latest = isUp ? asked.to : (state.at ?? asked.to);
  return {
    ...asked.body,
    page_number: state.page,
    page_size: size,
    // Activities come newest first by themselves; their search is not known to take an order.
    ...(isUp ? { sort_by: asked.by, sort_direction: "asc" } : {}),
    ...(least === undefined ? {} : { [`minimum_${stem}`]: least - assumptions.secondsWider }),
    ...(latest === undefined ? {} : { [`maximum_${stem}`]: latest + assumptions.secondsWider }),
  };
}

/** The rows that were not given yet. @throws where the order is not the one that was asked for: the walk would pass records over. */
function freshOf(asked: Walk, { at, seen }: State, rows: readonly DataRecord[]): readonly DataRecord[] {
  const turn = asked.direction === "up" ? 1 : -1;
  const whens = rows.map((row) => whenOf(asked, row));
  for (const [index, when] of whens.entries()) {
    const before = whens[index - 1];
    if (before !== undefined && (when - before) * turn < 0) throw outOfOrder(asked);
  }
  return rows.filter((row, index) => {
    const when = whens[index] ?? 0;
    if (asked.from !== undefined && when < asked.from) return false;
    if (asked.to !== undefined && when > asked.to) return false;
    if (at === null || (when - at) * turn > 0) return true;
    return when === at && !seen.has(String(row.id));
  });
}

function after(
  asked: Walk,
  state: State,
  { fresh, most, isWhole }: { readonly fresh: readonly DataRecord[]; readonly most: number; readonly isWhole: boolean },
): State {
  const last = fresh.at(-1);
  if (!last) return { ...state, isCrowded: true, page: isWhole ? state.page + 1 : 1, isProof: state.isProof && !isWhole };
  const at = whenOf(asked, last);
  const ids = fresh.filter((row) => whenOf(asked, row) === at).map((row) => String(row.id));
  if (at !== state.at) return { at, seen: new Set(ids), page: 1, isCrowded: false, total: state.total, isProof: state.isProof };
  const seen = new Set([...state.seen, ...ids]);
  const isCrowded = state.isCrowded || seen.size >= most;
  const page = !isCrowded ? 1 : state.isCrowded ? state.page + 1 : Math.floor(seen.size / most) + 1;
  return { at, seen, page, isCrowded, total: state.total, isProof: state.isProof && page === 1 };
}

function whenOf(asked: Walk, row: DataRecord): number {
  const when = row[asked.by];
  if (typeof when !== "number" || (typeof row.id !== "number" && typeof row.id !== "string")) throw unknownShape(asked.path);
  return when;
}

function stateFrom(position: Position | undefined): State {
  const { at, seen, page, crowded, total, proof } = position ?? {};
  return {
    at: typeof at === "number" ? at : null,
    seen: new Set(typeof seen === "string" && seen !== "" ? seen.split(",") : []),
    page: typeof page === "number" ? page : 1,
    isCrowded: crowded === true,
    total: typeof total === "number" ? total : null,
    isProof: position === undefined || proof === true,
  };
}

function positionOf({ at, seen, page, isCrowded, total, isProof }: State): Position {
  return { at, seen: [...seen].join(","), page, crowded: isCrowded, total, proof: isProof };
}

function outOfOrder({ path, by }: Walk): VendorError {
  return new VendorError(`Copper's answer to a search of ${path} is not in the order of ${by}, so records would be passed over.`, {
    code: "copper/other-order",
    next: "stop-stream",
    hint: "Copper may have changed its API; report it to the author of the connector.",
  });
}

function beyondReach({ assumptions }: Api, { path, by }: Walk): VendorError {
  return new VendorError(
    `More than ${assumptions.reach} ${path.slice(1)} have the same ${by}, to the second, and Copper shows no more of one search.`,
    {
      code: "copper/beyond-reach",
      next: "stop-stream",
      hint: "They come from one import. Ask Copper's support for an export of them, or leave this stream out.",
    },
  );
}
