import type { Agent } from "undici";
import type { Call } from "../contract.js";
import { VendorError } from "../vendor-error.js";
import { secretName, withoutSecrets } from "./address.js";
import { answerFailure } from "./answer-failure.js";
import { exchange, type Incoming } from "./exchange.js";
import { type Failure, restated } from "./failure.js";
import type { Answer, HttpOptions } from "./http.js";
import type { Prepared } from "./prepare.js";
import { longestWaitMs } from "./rate-headers.js";
import { readBody } from "./read-body.js";
import { wait } from "./wait.js";

export interface Client {
  readonly options: HttpOptions;
  agent(): Promise<Agent>;
  /** Keeps a value out of messages; a secret one also out of everything else. */
  hide(value: string, isSecret: boolean): void;
  redact(text: string): string;
  redactError(error: VendorError): VendorError;
}

const publicHeaders = new Set(["accept", "accept-encoding", "accept-language", "content-type", "user-agent"]);

/** Sends until there is an answer worth returning, or none to hope for. */
export async function persist(client: Client, prepared: Prepared, call: Call): Promise<Answer> {
  // Its own object, so that auth can tell which token this very request was sent with.
  const own: Call = { ...call };
  const attempts = client.options.attempts ?? 5;
  let renewed = false;
  let inDoubt = false;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(client, prepared, own);
    if (!("error" in outcome)) return outcome;
    let failure = outcome;
    if (failure.status === 401 && prepared.own && !renewed) {
      const renewal = await renew(client, own);
      if (renewal === true) {
        renewed = true;
        attempt -= 1; // a request that was refused for its token is not a failed attempt
        continue;
      }
      if (renewal !== false) failure = renewal;
    }
    if (failure.carriedOut === "maybe" && prepared.method !== "GET") inDoubt = true;
    const last = lastWord(failure, { prepared, inDoubt, attempt, attempts });
    if (last !== undefined) throw client.redactError(last);
    await wait(pauseMs(client.options, attempt, failure.error.retryAfterMs), call.signal);
  }
}

interface Standing {
  readonly prepared: Prepared;
  readonly inDoubt: boolean;
  readonly attempt: number;
  readonly attempts: number;
}

/** The error to give up with; `undefined` where another attempt is due. */
function lastWord({ error, carriedOut }: Failure, { prepared, inDoubt, attempt, attempts }: Standing): VendorError | undefined {
  if (carriedOut === "maybe" && !prepared.safe) {
    const hint = error.hint ?? "Look at the other side whether it was carried out before it is sent again.";
    return restated(error, { next: error.next === "retry" ? "hold-record" : error.next, inDoubt: true, hint });
  }
  if (error.next !== "retry") return inDoubt ? restated(error, { inDoubt }) : error;
  if ((error.retryAfterMs ?? 0) > longestWaitMs) {
    const hint = error.hint ?? `The vendor asks to wait ${Math.ceil((error.retryAfterMs ?? 0) / 60_000)} minutes: run again after that.`;
    return restated(error, { next: "stop-run", inDoubt, hint });
  }
  if (attempt < attempts) return undefined;
  const message = attempts === 1 ? error.message : `${error.message} Tried ${attempts} times.`;
  return restated(error, { message, inDoubt, next: error.code === "http/unreachable" ? "stop-run" : "retry" });
}

async function tryOnce(client: Client, prepared: Prepared, call: Call): Promise<Answer | Failure> {
  call.signal.throwIfAborted();
  const budget = prepared.own ? client.options.budget : undefined;
  await budget?.take(call);
  let got: Incoming | undefined;
  try {
    const headers = await authorized(client, prepared, call);
    if ("error" in headers) return headers;
    const timeoutMs = client.options.timeoutMs ?? 30_000;
    const outcome = await exchange(await client.agent(), { ...prepared, headers: headers.all }, { signal: call.signal, timeoutMs });
    if ("error" in outcome) return outcome;
    got = outcome;
    return judge(client, prepared, got);
  } finally {
    budget?.learn(got?.headers ?? {}, got?.status ?? 0);
  }
}

const plainWord = /^[a-z][a-z_./ -]{0,31}$/i;

async function authorized(client: Client, prepared: Prepared, call: Call): Promise<{ readonly all: Record<string, string> } | Failure> {
  const all: Record<string, string> = { ...prepared.headers };
  const { auth } = client.options;
  if (prepared.own && auth !== undefined) {
    const failure = await failureOf(() => auth.apply(all, call));
    if (failure !== undefined) return failure;
  }
  for (const [name, value] of Object.entries(all)) {
    if (publicHeaders.has(name)) continue;
    const isSecret = value !== prepared.headers[name] || secretName.test(name);
    // A fixed header that reads like a word proves nothing to anybody, and hiding it would blot out the same word in addresses.
    if (!isSecret && plainWord.test(value)) continue;
    client.hide(value, isSecret);
    if (isSecret) for (const part of partsOf(value)) client.hide(part, true);
  }
  return { all };
}

/** What is as secret as the header as a whole: the token after its scheme, and the password of basic auth. */
function partsOf(value: string): string[] {
  const [, scheme, token] = /^([\w-]+(?: [\w-]+)*) (\S+)$/.exec(value) ?? [];
  if (token === undefined) return [];
  if (scheme?.toLowerCase() !== "basic") return [token];
  const account = Buffer.from(token, "base64").toString("utf8");
  return [token, account.slice(account.indexOf(":") + 1)];
}

/** Whether the request may be sent again with new proof, or why not even that could be found out. */
async function renew(client: Client, call: Call): Promise<boolean | Failure> {
  const { auth } = client.options;
  let isRenewed = false;
  const failure = await failureOf(async () => {
    isRenewed = (await auth?.renew?.(call)) ?? false;
  });
  return failure ?? isRenewed;
}

/** Auth fails before anything is sent. */
async function failureOf(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof VendorError) return { error, carriedOut: "no" };
    throw error;
  }
}

function judge(client: Client, prepared: Prepared, got: Incoming): Answer | Failure {
  const read = readBody(got.text, got.headers["content-type"] ?? "", prepared.wanted === "json");
  const answer: Answer = {
    status: got.status,
    headers: got.headers,
    body: read.body,
    text: got.text,
    url: client.redact(withoutSecrets(prepared.url)),
  };
  const own = answerFailure({ asked: prepared, got, read });
  // Half an answer cannot be explained.
  if (read.form === "broken" && got.status < 400) return own ?? answer;
  const error = client.options.explain?.(answer);
  if (error === undefined) return own ?? answer;
  const isUnclear = error.inDoubt || (got.status >= 500 && got.status !== 503);
  const wait = error.retryAfterMs ?? own?.error.retryAfterMs;
  return {
    error: wait === undefined ? error : restated(error, { retryAfterMs: wait }),
    status: got.status,
    carriedOut: isUnclear ? "maybe" : "no",
  };
}

/** Exponential with full jitter; after the moment that the vendor asked for, if it did. */
function pauseMs(options: HttpOptions, attempt: number, askedMs: number | undefined): number {
  const { firstMs, maxMs } = options.backOff ?? { firstMs: 500, maxMs: 30_000 };
  if (askedMs !== undefined) return askedMs + Math.random() * firstMs;
  return Math.random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1));
}
