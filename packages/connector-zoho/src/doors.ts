import { type Answer, type Call, createHttp, type Http, type HttpOptions, VendorError, type World } from "@fieldwright/connector-kit";
import type { Credits } from "./credits.js";
import { apiUrlOf } from "./data-centres.js";
import { explain } from "./errors.js";
import type { ZohoOptions } from "./options.js";
import type { SignIn } from "./sign-in.js";

export interface DoorParts {
  readonly options: ZohoOptions;
  readonly signIn: SignIn;
  readonly credits: Credits;
  readonly world: World;
}

/** Ways to the API: its address comes with the first token, so none is there before. */
export interface Doors {
  usual(call: Call): Promise<Http>;
  /** Asks again, with pauses, while an answer is not `isDone`. To be closed by whoever asked for it. */
  patient(isDone: (body: unknown) => boolean, call: Call): Promise<Http>;
  address(call: Call): Promise<string>;
  close(): Promise<void>;
}

export function createDoors({ options, signIn, credits, world }: DoorParts): Doors {
  const { timeoutMs, assumptions } = options;
  const address = async (call: Call) => options.apiUrl ?? apiUrlOf((await signIn.token(call)).apiDomain, options.environment);
  const open = async (call: Call, more: Pick<HttpOptions, "explain" | "attempts">): Promise<Http> =>
    createHttp({ baseUrl: await address(call), auth: signIn, budget: credits.budget, timeoutMs, secret: world.secret, ...more });
  const explained = (answer: Answer): VendorError | undefined => {
    const error = explain(answer);
    if (answer.status === 401) signIn.refused(error?.code ?? "");
    return error;
  };
  let opened: Promise<Http> | undefined;
  return {
    address,
    usual(call) {
      const attempts = options.attempts === undefined ? {} : { attempts: options.attempts };
      opened ??= open(call, { explain: explained, ...attempts }).catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    patient: (isDone, call) =>
      open(call, {
        explain: (answer) =>
          answer.status === 200 && !isDone(answer.body) ? unfinished(answer, assumptions.bulkPollMs) : explained(answer),
        attempts: assumptions.bulkPolls,
      }),
    async close() {
      await (await opened?.catch(() => undefined))?.close();
      await signIn.close();
    },
  };
}

function unfinished({ url }: Answer, retryAfterMs: number): VendorError {
  return new VendorError(`Zoho had not finished ${new URL(url).pathname} in time.`, {
    code: "zoho/not-finished",
    next: "retry",
    retryAfterMs,
  });
}
