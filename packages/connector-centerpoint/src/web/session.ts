import {
  type Answer,
  type Auth,
  type Call,
  createBudget,
  createHttp,
  type Http,
  VendorError,
  type World,
} from "@fieldwright/connector-kit";
import { load } from "cheerio";
import { CookieJar } from "tough-cookie";
import type { WebOptions } from "./web-options.js";

export interface Session {
  /** The HTML of a page, logged in; `undefined` where there is no such page. */
  page(path: string, call: Call): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly web: WebOptions;
  readonly user: string;
  readonly password: string;
  readonly world: World;
  readonly timeoutMs: number;
}

/** The web app as one person sees it: one request at a time, slowly, logged in again when the session has ended. */
export function createSession(parts: SessionParts): Session {
  const jar = new CookieJar();
  const http = httpOf(parts, jar);
  let visits = 0; // logins so far
  let loggingIn: Promise<void> | undefined;
  const enter = (call: Call): Promise<void> => {
    loggingIn ??= logIn(parts, http, call)
      .then(() => {
        visits += 1;
      })
      .finally(() => {
        loggingIn = undefined;
      });
    return loggingIn;
  };
  return {
    async page(path, call) {
      if (visits === 0) await enter(call);
      const before = visits;
      const first = await look(parts.web, { http, path }, call);
      if (first !== "login") return first;
      if (visits === before) await enter(call);
      const again = await look(parts.web, { http, path }, call);
      if (again === "login") throw refused("The web app asks to log in again right after it was done.");
      return again;
    },
    close: () => http.close(),
  };
}

function httpOf({ web, world, timeoutMs, password }: SessionParts, jar: CookieJar): Http {
  world.secret(password);
  const auth: Auth = {
    apply: async (headers) => {
      const cookies = jar.getCookieStringSync(web.url);
      if (cookies !== "") headers.cookie = cookies;
    },
  };
  return createHttp({
    baseUrl: web.url,
    auth,
    timeoutMs,
    headers: { accept: "text/html" },
    budget: createBudget({ requests: web.requestsPerMinute, perSeconds: 60, parallel: 1 }, world.waiting ? { onWait: world.waiting } : {}),
    secret: world.secret,
    // The one place that sees the headers of every answer, those that send elsewhere included.
    explain(answer) {
      for (const line of (answer.headers["set-cookie"] ?? "").split("\n"))
        if (line !== "") jar.setCookieSync(line, web.url, { ignoreError: true });
      return answer.status >= 300 && answer.status < 400 && answer.status !== 304 ? sentOn(answer, web) : undefined;
    },
  });
}

async function look(
  web: WebOptions,
  { http, path }: { readonly http: Http; readonly path: string },
  call: Call,
): Promise<string | "login" | undefined> {
  try {
    const { text } = await http.send({ path }, call);
    return isLogin(web, text) ? "login" : text;
  } catch (error) {
    if (error instanceof VendorError && error.code === "centerpoint/web-login") return "login";
    if (error instanceof VendorError && error.code === "http/404") return undefined;
    throw error;
  }
}

async function logIn({ web, user, password }: SessionParts, http: Http, call: Call): Promise<void> {
  const { path, form: selector, userField, passwordField } = web.login;
  const page = load((await http.send({ path }, call)).text);
  const form = page(selector).first();
  if (form.find(`input[name="${passwordField}"]`).length === 0)
    throw new VendorError(`The web app shows no form to log in by at ${path}.`, {
      code: "centerpoint/layout-changed",
      next: "stop-run",
      hint: "Look at the page, and set `web.login` to what is there now.",
    });
  // Whatever else the form carries, above all the token against forged requests.
  const hidden = form.find('input[type="hidden"]').toArray();
  const fields = Object.fromEntries(hidden.map((input) => [String(page(input).attr("name")), String(page(input).attr("value") ?? "")]));
  const to = new URL(form.attr("action") ?? path, new URL(path, web.url)).href;
  try {
    const { text } = await http.send(
      { method: "POST", path: to, form: { ...fields, [userField]: user, [passwordField]: password }, safeToRepeat: true },
      call,
    );
    if (isLogin(web, text)) throw refused("The web app does not accept user and password.");
  } catch (error) {
    // Sent on to anywhere but the form means that one is in.
    if (!(error instanceof VendorError) || error.code !== "centerpoint/web-sent-on") throw error;
  }
}

function isLogin({ login }: WebOptions, html: string): boolean {
  return html.includes(login.passwordField) && load(html)(`${login.form} input[name="${login.passwordField}"]`).length > 0;
}

function sentOn({ headers, url }: Answer, web: WebOptions): VendorError {
  const to = URL.canParse(headers.location ?? "", web.url) ? new URL(headers.location ?? "", web.url).pathname : "";
  const code = to === web.login.path ? "centerpoint/web-login" : "centerpoint/web-sent-on";
  return new VendorError(`The web app sends ${new URL(url).pathname} on to ${to === "" ? "nowhere" : to}.`, {
    code,
    next: "stop-stream",
    hint: "Check the addresses under `web.pages`, and the login.",
  });
}

function refused(message: string): VendorError {
  return new VendorError(message, {
    code: "centerpoint/web-unauthorized",
    next: "stop-run",
    hint: "Check `webUser` and `webPassword` by logging in by hand: the account may be locked, or ask for a second factor, which this way cannot give.",
  });
}
