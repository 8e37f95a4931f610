import { somethingWentWrong } from "./refusal.js";

/** Query parameters with brackets as the nested object they stand for: `where[a][in][0]=1`. */
export function parseQuery(parameters: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, value] of parameters) {
    const path = [name.split("[")[0] ?? "", ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "")];
    place(query, path, value);
  }
  if (typeof query.where === "string") query.where = parsedWhere(query.where);
  return query;
}

/** The whole search may be one text of JSON; anything else in its place makes Payload fail. */
function parsedWhere(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw somethingWentWrong();
  }
}

function place(into: Record<string, unknown>, path: readonly string[], value: string): void {
  const [name = "", ...rest] = path;
  if (name === "__proto__") return;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const inner = into[name];
  const next = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
  into[name] = next;
  place(next, rest, value);
}
