import {
  type Answer,
  type Call,
  createHttp,
  type DataRecord,
  type Http,
  type HttpRequest,
  type Query,
  VendorError,
  type World,
} from "@fieldwright/connector-kit";
import type { Assumptions } from "./assumptions.js";
import type { Credits } from "./credits.js";
import { apiUrlOf } from "./data-centres.js";
import { eachRefused, explain } from "./errors.js";
import type { ZohoOptions } from "./options.js";
import type { SignIn } from "./sign-in.js";

export interface Asked {
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Credits that the call costs; 1 if not given. */
  readonly credits?: number;
}

/** Zoho as its streams see it. */
export interface Api {
  readonly options: ZohoOptions;
  readonly assumptions: Assumptions;
  readonly now: () => Date;
  readonly notice: (text: string) => void;
  /** The body; `undefined` where there is nothing (204) or nothing newer (304). */
  get(asked: Asked, call: Call): Promise<DataRecord | undefined>;
  send(request: HttpRequest & { readonly credits?: number }, call: Call): Promise<Answer>;
  /** What became of each record, in their order: also of a call that Zoho refused because it refused all of them. */
  each(request: HttpRequest & { readonly credits?: number }, call: Call): Promise<readonly DataRecord[]>;
  /** Asks again and again until `isDone`, with pauses. */
  poll(asked: Asked, isDone: (body: unknown) => boolean, call: Call): Promise<DataRecord>;
  /** A file of the API's. */
  download(path: string, call: Call): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface ApiParts {
  readonly options: ZohoOptions;
  readonly signIn: SignIn;
  readonly credits: Credits;
  readonly world: World;
}

export function createApi({ options, signIn, credits, world }: ApiParts): Api {
  const { assumptions } = options;
  const made: Http[] = [];
  // Where the API is comes with the first token.
  const baseOf = async (call: Call) => options.apiUrl ?? apiUrlOf((await signIn.token(call)).apiDomain, options.environment);
  const open = async (call: Call, more: Pick<Parameters<typeof createHttp>[0], "explain" | "attempts" | "backOff">): Promise<Http> => {
    const { timeoutMs } = options;
    const http = createHttp({
      baseUrl: await baseOf(call),
      auth: signIn,
      budget: credits.budget,
      timeoutMs,
      secret: world.secret,
      ...more,
    });
    made.push(http);
    return http;
  };
  const explained = (answer: Answer): VendorError | undefined => {
    const error = explain(answer);
    if (answer.status === 401) signIn.refused(error?.code ?? "");
    return error;
  };
  let usual: Promise<Http> | undefined;
  const http = (call: Call): Promise<Http> => {
    usual ??= open(call, { explain: explained, ...(options.attempts === undefined ? {} : { attempts: options.attempts }) }).catch(
      (error: unknown) => {
        usual = undefined;
        throw error;
      },
    );
    return usual;
  };
  const send: Api["send"] = async ({ credits: price = 1, ...request }, call) => {
    const door = await http(call);
    await credits.spend(price - 1, call);
    return door.send(request, call);
  };
  return {
    options,
    assumptions,
    now: world.now,
    notice: world.notice,
    send,
    get: async (asked, call) => (await send(asked, call)).body as DataRecord | undefined,
    async each(request, call) {
      try {
        return itemsIn((await send(request, call)).body);
      } catch (error) {
        if (error instanceof VendorError && error.code === eachRefused) return itemsIn(error.cause);
        throw error;
      }
    },
    async poll(asked, isDone, call) {
      const unfinished = (answer: Answer) =>
        answer.status === 200 && !isDone(answer.body)
          ? new VendorError(`Zoho had not finished ${asked.path} in time.`, {
              code: "zoho/not-finished",
              next: "retry",
              retryAfterMs: assumptions.bulkPollMs,
            })
          : explained(answer);
      const poller = await open(call, { explain: unfinished, attempts: assumptions.bulkPolls });
      return (await poller.send(asked, call)).body as DataRecord;
    },
    async download(path, call) {
      const base = await baseOf(call);
      await credits.budget.take(call);
      const headers: Record<string, string> = {};
      await signIn.apply(headers, call);
      // The kit's client reads bodies as text, which a zip does not survive.
      const answer = await fetch(new URL(path, base), { headers, signal: call.signal, redirect: "error" }).catch((cause: unknown) => {
        credits.budget.learn({}, 0);
        call.signal.throwIfAborted();
        throw new VendorError("The connection broke while a bulk result came.", { code: "http/cut", next: "retry", cause });
      });
      credits.budget.learn(Object.fromEntries(answer.headers), answer.status);
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      throw new VendorError(`Zoho did not hand out the bulk result (${answer.status}).`, {
        code: `http/${answer.status}`,
        next: answer.status === 429 || answer.status >= 500 ? "retry" : "stop-stream",
      });
    },
    async close() {
      await Promise.all([...made.map((one) => one.close()), signIn.close()]);
    },
  };
}

function itemsIn(body: unknown): readonly DataRecord[] {
  const found = Object.values((body ?? {}) as DataRecord).find((value) => Array.isArray(value));
  return (found ?? []) as readonly DataRecord[];
}
