import { VendorError } from "../../vendor-error.js";
import type { ConnectionPromise } from "../promise.js";
import { provoke } from "../provoke.js";

export const failsPlainly: ConnectionPromise = {
  text: "every failure is a vendor error that says what to do next",
  per: "connection",
  async judge(subject) {
    for (const { how, errors } of await provoke(subject)) {
      if (errors.length === 0) throw new Error(`With ${how} a read came through as if all were well.`);
      const other = errors.find((error) => !(error instanceof VendorError));
      if (other !== undefined)
        throw new Error(`With ${how} came a bare ${other instanceof Error ? other.name : typeof other}: ${String(other)}`, {
          cause: other,
        });
    }
  },
};

export const keepsSecrets: ConnectionPromise = {
  text: "secrets never show",
  per: "connection",
  unless: ({ simulator }) => (simulator.secrets.length === 0 ? "there are none" : undefined),
  async judge(subject) {
    for (const { how, text, secrets } of await provoke(subject)) {
      for (const secret of secrets) {
        const shapes = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
        const shape = shapes.find((value) => text.includes(value));
        if (shape === undefined) continue;
        const line = text.split("\n").find((candidate) => candidate.includes(shape)) ?? "";
        throw new Error(`With ${how} a secret shows: ${line.replaceAll(shape, "<THE SECRET>").trim().slice(0, 300)}`);
      }
    }
  },
};
