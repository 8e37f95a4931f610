import { createRandom } from "@fieldwright/connector-kit/testing";
import type { Settings } from "./options.js";
import { Refusal } from "./refusal.js";

/** Who is signed in: each session takes one of the licensed seats until it logs out or is ended. */
export interface Sessions {
  readonly open: number;
  readonly logins: number;
  /** Every token that was ever given out. */
  readonly tokens: readonly string[];
  logIn(body: Readonly<Record<string, unknown>>): string;
  logOut(token: string): void;
  has(token: string): boolean;
  /** Somebody else signs in, at the client. */
  occupy(seats: number): void;
  /** Ends all sessions, as a restart of the server does. */
  end(): void;
  approve(): void;
}

const toApprove =
  "A new integrated application has been added to Fishbowl. Please contact the Fishbowl administrator to approve this integrated application.";

export function createSessions(settings: Settings, tokens: string[]): Sessions {
  const random = createRandom(settings.seed);
  const live = new Set<string>();
  let [taken, logins] = [0, 0];
  // The approval is for a number and a name together.
  const approved = new Set<string>();
  let isOpenDoor = settings.approved;
  let asked = "";
  return {
    get open() {
      return live.size;
    },
    get logins() {
      return logins;
    },
    tokens,
    logIn({ appName, appId, username, password, mfaCode }) {
      if (typeof appName !== "string" || !Number.isInteger(appId)) throw new Refusal(400, "appName and appId are required.");
      if (username !== settings.username || password !== settings.password) throw new Refusal(401, "Incorrect username or password.");
      if (settings.mfa && mfaCode === undefined) throw new Refusal(401, "Multi-factor authentication is required.", { MFA: "Required" });
      asked = `${String(appId)} ${appName}`;
      if (isOpenDoor && approved.size === 0) approved.add(asked);
      if (!approved.has(asked)) throw new Refusal(401, toApprove);
      if (live.size + taken >= settings.seats)
        throw new Refusal(402, "The user limit of your license has been reached. Please log out another user.");
      const token = random.uuid();
      logins += 1;
      live.add(token);
      tokens.push(token);
      return token;
    },
    logOut: (token) => void live.delete(token),
    has: (token) => live.has(token),
    occupy(seats) {
      taken = seats;
    },
    end: () => live.clear(),
    approve() {
      isOpenDoor = true;
      if (asked !== "") approved.add(asked);
    },
  };
}
