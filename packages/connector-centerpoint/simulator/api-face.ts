import type { Account } from "./account.js";
import type { Kind, Stored } from "./kind.js";
import { type Asked, askedOf } from "./query.js";
import { json, notFound, Refusal } from "./refusal.js";
import { documentOf } from "./resource.js";
import { createSelect, type Selection } from "./selection.js";
import { upload } from "./upload.js";
import { create, remove, sentOf, transition, update } from "./writes.js";

/** What may be done to the API from outside, beside its rows. */
export interface ApiState {
  /** `refuses`: 401 whoever asks. `missing`: 404 for every path, as after a move. */
  mode: "well" | "refuses" | "missing" | "down" | "login-page";
  /** A listing of this path ends with this page, whatever its count says. */
  endsAfter: { readonly path: string; readonly page: number } | undefined;
}

export const loginPage =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method="post" action="/login"><input name="email"></form></body></html>';

export function createApiFace(account: Account, state: ApiState): (request: Request) => Promise<Response> {
  const select = createSelect(account);
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  let keptAt = -1;
  return async (request) => {
    const away = gate(request, account, state);
    if (away) return away;
    const url = new URL(request.url);
    try {
      if (request.method !== "GET") return await change(account, request, url);
      if (!account.settings.prerendered) return read(account, { url, select, state });
      if (keptAt !== account.version()) kept.clear();
      keptAt = account.version();
      const key = url.pathname + url.search;
      const body = kept.get(key) ?? new Uint8Array(await read(account, { url, select, state }).arrayBuffer());
      kept.set(key, body);
      return new Response(body, { headers: { "content-type": "application/vnd.api+json" } });
    } catch (error) {
      if (error instanceof Refusal) return error.answer();
      throw error;
    }
  };
}

/** The gateway before the app speaks its own dialect. */
function gate(request: Request, { settings }: Account, { mode }: ApiState): Response | undefined {
  if (mode === "missing") return new Response("404 page not found", { status: 404, headers: { "content-type": "text/plain" } });
  if (mode === "down")
    return new Response("<html><body><h1>502 Bad Gateway</h1></body></html>", { status: 502, headers: { "content-type": "text/html" } });
  if (mode === "login-page") return new Response(loginPage, { headers: { "content-type": "text/html" } });
  const key = request.headers.get("authorization");
  if (key === null || key === "") return Response.json({ error: "Authorization field missing" }, { status: 401 });
  if (mode === "refuses" || key.replace(/^Bearer /, "") !== settings.token)
    return Response.json({ error: "Access to this API has been disallowed" }, { status: mode === "refuses" ? 401 : 403 });
  return undefined;
}

interface Reading {
  readonly url: URL;
  readonly select: (kind: Kind, asked: Asked) => Selection;
  readonly state: ApiState;
}

function read(account: Account, { url, select, state }: Reading): Response {
  const [path = "", id, nested] = partsOf(url);
  const parent = nested === undefined ? undefined : account.find(path, id ?? "");
  const kind = account.kind(parent ? (nested ?? "") : path);
  if (!kind || (nested !== undefined && !parent)) throw notFound();
  const { settings } = account;
  const asked = askedOf(url, kind, {
    ...settings,
    updatedFilter: kind.updatedFilter || (settings.jobsFilterByUpdate && kind.type === "productions"),
  });
  if (id !== undefined && !parent) {
    const found = account.find(path, id);
    if (!found || !kind.single) throw notFound();
    const { data, ...rest } = documentOf(account, kind, { rows: [found.row], wanted: asked.wanted });
    return json({ data: data[0], ...rest });
  }
  if (!kind.list) throw new Refusal(405, "Method Not Allowed");
  return list(account, { kind, asked, selection: select(kind, asked), state });
}

interface Listing {
  readonly kind: Kind;
  readonly asked: Asked;
  readonly selection: Selection;
  readonly state: ApiState;
}

function list(account: Account, { kind, asked, selection, state }: Listing): Response {
  const { page, size } = asked;
  const early = state.endsAfter?.path === kind.path && page > state.endsAfter.page;
  const rows: readonly Stored[] = early ? [] : selection.rows((page - 1) * size, size);
  const { total } = selection;
  const from = rows.length === 0 ? null : (page - 1) * size + 1;
  const meta = {
    page: {
      currentPage: page,
      from,
      lastPage: Math.max(1, Math.ceil(total / size)),
      perPage: size,
      to: from === null ? null : from + rows.length - 1,
      total,
    },
  };
  return json({ jsonapi: { version: "1.0" }, meta, ...documentOf(account, kind, { rows, wanted: asked.wanted }) });
}

async function change(account: Account, request: Request, url: URL): Promise<Response> {
  const [path = "", id] = partsOf(url);
  if (path === "file" && id === "url") return upload(account, await bodyOf(request));
  if (path === "production_stage_transitions") {
    const row = transition(account, sentOf(await bodyOf(request)));
    return json({ data: { type: path, id: row.id, attributes: {} } }, 201);
  }
  const kind = account.kind(path);
  if (!kind) throw notFound();
  if (request.method === "DELETE") {
    remove(account, kind, id ?? "");
    return new Response(null, { status: 204 });
  }
  const sent = sentOf(await bodyOf(request));
  const row = request.method === "POST" ? create(account, kind, sent) : update(account, kind, { id: id ?? "", sent });
  const { data } = documentOf(account, kind, { rows: [row], wanted: { include: [], fields: new Map() } });
  return json({ data: data[0] }, request.method === "POST" ? 201 : 200);
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "Invalid JSON", "Syntax error");
  }
}

function partsOf(url: URL): readonly string[] {
  return url.pathname
    .replace(/^\/centerpoint\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
}
