import { type Auth, asVendorError, type Call, createHttp, type Http, VendorError, type World } from "@fieldwright/connector-kit";
import { explainLogin, isObject, unknownShape } from "./errors.js";
import type { FishbowlOptions } from "./options.js";
import { unlessAborted } from "./unless-aborted.js";

/** One seat at the server: taken with the first request, given back by `close`. */
export interface Session {
  readonly auth: Auth;
  /** Gives the seat back. Throws nothing: what is left behind is told as a notice. */
  close(): Promise<void>;
}

interface State {
  token?: string | undefined;
  flight?: Promise<string> | undefined;
  closed: boolean;
}

export function openSession(options: FishbowlOptions, world: World): Session {
  const door = createHttp({
    baseUrl: options.baseUrl,
    explain: explainLogin,
    timeoutMs: options.timeoutMs,
    // Each try may take another seat: the request that waits for it decides how often.
    attempts: 1,
    secret: world.secret,
  });
  const state: State = { closed: false };
  const usedBy = new WeakMap<Call, string>();
  const fresh = (): Promise<string> => {
    state.flight ??= logIn(door, options, world)
      .then((token) => {
        state.token = token;
        return token;
      })
      .finally(() => {
        state.flight = undefined;
      });
    return state.flight;
  };
  return {
    auth: {
      async apply(headers, call) {
        if (state.closed) throw afterClose();
        // A login goes on when its caller gives up: its token must be known, or nobody could give the seat back.
        const token = state.token ?? (await unlessAborted(fresh(), call.signal));
        headers.authorization = `Bearer ${token}`;
        usedBy.set(call, token);
      },
      async renew(call) {
        if (state.closed) return false;
        // Refused with a token that has been replaced meanwhile: the new one was not tried yet.
        if (state.token !== undefined && state.token !== usedBy.get(call)) return true;
        state.token = undefined;
        await unlessAborted(fresh(), call.signal);
        return true;
      },
    },
    async close() {
      if (state.closed) return;
      state.closed = true;
      const token = state.token ?? (await state.flight?.catch(() => undefined));
      if (token !== undefined) await logOut(options, world, token);
      await door.close();
    },
  };
}

async function logIn(door: Http, options: FishbowlOptions, world: World): Promise<string> {
  const { appName, appDescription, appId, username, password } = options;
  const json = { appName, appDescription, appId, username, password };
  try {
    const call = { signal: new AbortController().signal };
    const answer = await door.send({ method: "POST", path: "/api/login", json, safeToRepeat: true }, call);
    if (!isObject(answer.body) || typeof answer.body.token !== "string" || answer.body.token === "") throw unknownShape("/api/login");
    world.secret(answer.body.token);
    return answer.body.token;
  } catch (error) {
    throw loginFailure(asVendorError(error), world);
  }
}

/** Nothing that a caller wanted to write is in doubt when the login before it was. */
function loginFailure(error: VendorError, world: World): VendorError {
  if (!error.inDoubt) return error;
  world.notice("The answer to a login at Fishbowl was lost. If it was let in, a seat stays taken until the server ends that session.");
  const { code, next, hint, retryAfterMs, message } = error;
  return new VendorError(message, {
    code,
    next,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

async function logOut(options: FishbowlOptions, world: World, token: string): Promise<void> {
  const { baseUrl, assumptions } = options;
  const exit = createHttp({ baseUrl, timeoutMs: assumptions.logoutTimeoutMs, attempts: 2, secret: world.secret });
  try {
    const headers = { authorization: `Bearer ${token}` };
    const call = { signal: new AbortController().signal };
    await exit.send({ method: "POST", path: "/api/logout", headers, safeToRepeat: true }, call);
  } catch (error) {
    const { code, message } = asVendorError(error);
    // A session that has ended holds no seat.
    if (code !== "http/401")
      world.notice(`Fishbowl did not take the logout, so a seat stays taken until the server ends the session. ${message}`);
  } finally {
    await exit.close();
  }
}

function afterClose(): VendorError {
  return new VendorError("This connection to Fishbowl is closed.", { code: "fishbowl/closed", next: "stop-run" });
}
