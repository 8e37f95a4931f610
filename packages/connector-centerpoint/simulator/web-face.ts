import { randomBytes } from "node:crypto";
import type { DataRecord } from "@fieldwright/connector-kit";
import type { Account } from "./account.js";

export interface WebState {
  /** As after a release that nobody announced: `renamed` gives the parts of pages other classes, `columns` swaps two columns. */
  layout: "known" | "renamed" | "columns";
  /** A list ends with this page although there are more rows. */
  endsAfterPage: number | undefined;
  /** All sessions end now. */
  expire(): void;
}

export interface WebFace {
  readonly state: WebState;
  answer(request: Request, url: URL): Promise<Response>;
}

/** The kinds that have pages, and what a detail page shows of each. */
export const webKinds: Readonly<Record<string, readonly string[]>> = {
  companies: ["name", "type", "salesStatus", "streetAddress", "locality", "region", "postalCode", "website"],
  profiles: ["name", "email", "mobile", "position", "companyId"],
  properties: ["name", "streetAddress", "locality", "region", "postalCode", "companyId"],
  employees: ["name", "email", "mobile", "position"],
  services: ["name", "description", "status", "workType", "price", "billedCompanyId", "propertyId"],
  opportunities: ["name", "description", "status", "price", "billedCompanyId", "propertyId"],
  productions: ["name", "description", "status", "price", "billedCompanyId", "propertyId"],
  invoices: ["name", "amount", "invoiceDate", "dueDate", "productionId"],
};

interface Session {
  pagesLeft: number;
}

/** The web app of the same account: a form to log in by, lists, a page a record. */
export function createWebFace(account: Account): WebFace {
  const sessions = new Map<string, Session>();
  const tokens = new Set<string>();
  const state: WebState = { layout: "known", endsAfterPage: undefined, expire: () => sessions.clear() };
  return {
    state,
    async answer(request, url) {
      if (url.pathname === "/login")
        return request.method === "POST" ? logIn(account, { request, sessions, tokens }) : loginForm(tokens, "");
      const session = sessions.get(cookieOf(request));
      if (!session || session.pagesLeft <= 0) return new Response(null, { status: 302, headers: { location: "/login" } });
      session.pagesLeft -= 1;
      const [, app, path = "", id] = url.pathname.split("/");
      if (app !== "app" || !Object.hasOwn(webKinds, path)) return html(404, "Not found", "<h1>Page not found</h1>");
      return id === undefined
        ? listPage(account, state, { path, page: Number(url.searchParams.get("page") ?? 1) })
        : detailPage(account, state, { path, id });
    },
  };
}

interface LogIn {
  readonly request: Request;
  readonly sessions: Map<string, Session>;
  readonly tokens: Set<string>;
}

async function logIn({ settings }: Account, { request, sessions, tokens }: LogIn): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (!tokens.has(form.get("_token") ?? "")) return html(419, "Page expired", "<h1>Page expired</h1>");
  if (form.get("email") !== settings.user || form.get("password") !== settings.password)
    return loginForm(tokens, '<p class="error">These credentials do not match our records.</p>');
  const id = randomBytes(9).toString("hex");
  sessions.set(id, { pagesLeft: settings.webSessionPages });
  return new Response(null, { status: 302, headers: { location: "/app/companies", "set-cookie": `cp_session=${id}; Path=/; HttpOnly` } });
}

function loginForm(tokens: Set<string>, error: string): Response {
  const token = randomBytes(6).toString("hex");
  tokens.add(token);
  return html(
    200,
    "Sign in",
    `<form method="post" action="/login" id="login">${error}<input type="hidden" name="_token" value="${token}"><input name="email"><input name="password" type="password"><button>Sign in</button></form>`,
  );
}

function listPage(account: Account, state: WebState, { path, page }: { readonly path: string; readonly page: number }): Response {
  const table = account.tables[path];
  const size = account.settings.webPageSize;
  const rows = table?.slice((page - 1) * size, size) ?? [];
  const cls = classes(state);
  const heads = state.layout === "columns" ? ["Updated", "Name"] : ["Name", "Updated"];
  const body = rows.map((row) => {
    const cells = [
      `<td class="${cls.name}"><a href="/app/${path}/${row.id}">${escaped(row.name)}</a></td>`,
      `<td class="updated">${escaped(row.updatedAt)}</td>`,
    ];
    return `<tr class="${cls.row}" data-id="${row.id}">${(state.layout === "columns" ? cells.toReversed() : cells).join("")}</tr>`;
  });
  const more = page * size < (table?.size ?? 0) && page !== state.endsAfterPage;
  const next = more ? `<a class="next" rel="next" href="/app/${path}?page=${page + 1}">Next</a>` : "";
  const heading = heads.map((text) => `<th>${text}</th>`).join("");
  return html(200, path, `<table class="${cls.list}"><thead><tr>${heading}</tr></thead><tbody>${body.join("")}</tbody></table>${next}`);
}

function detailPage(account: Account, state: WebState, { path, id }: { readonly path: string; readonly id: string }): Response {
  const row = account.tables[path]?.get(id);
  if (!row) return html(404, "Not found", "<h1>Page not found</h1>");
  const cls = classes(state);
  const shown = (webKinds[path] ?? []).map(
    (name) => `<dt>${name}</dt><dd class="${cls.field} ${cls.field}-${name}">${escaped(value(row, name))}</dd>`,
  );
  return html(
    200,
    String(row.name),
    `<article class="${cls.detail}" data-id="${id}"><h1>${escaped(row.name)}</h1><dl>${shown.join("")}</dl></article>${logOut}`,
  );
}

/** As on every page of such an app: tokens of the session, for its forms and scripts. */
const logOut =
  '<form method="post" action="/logout"><input type="hidden" name="_token" value="token-of-the-session"></form><script>window.csrf = "token-of-the-session"</script>';

function value(row: DataRecord, name: string): unknown {
  return name === "price" || name === "amount" ? `$ ${String(row[name])}` : row[name];
}

function classes({ layout }: WebState): Record<"list" | "row" | "name" | "detail" | "field", string> {
  return layout === "renamed"
    ? { list: "grid", row: "line", name: "title", detail: "panel", field: "value" }
    : { list: "records", row: "record", name: "name", detail: "details", field: "field" };
}

function html(status: number, title: string, body: string): Response {
  const page = `<!DOCTYPE html>\n<html><head><title>${escaped(title)}</title></head><body>${body}</body></html>\n`;
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

function cookieOf(request: Request): string {
  return /cp_session=([0-9a-f]+)/.exec(request.headers.get("cookie") ?? "")?.[1] ?? "";
}

function escaped(value: unknown): string {
  return String(value ?? "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
