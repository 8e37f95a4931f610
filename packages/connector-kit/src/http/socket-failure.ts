import { VendorError } from "../vendor-error.js";
import type { Failure } from "./failure.js";

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "no way leads to that host",
  ENETUNREACH: "this machine has no network",
  ETIMEDOUT: "it did not answer the call for a connection",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer the call for a connection",
};
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
const untrusted = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;
const cut = /^(E[A-Z]+$|UND_ERR_(SOCKET|RES_CONTENT_LENGTH|HEADERS_TIMEOUT|BODY_TIMEOUT|RESPONSE)|HPE_|Z_|ERR__)/;

/** What a failure below HTTP is worth; `undefined` when `error` is none. */
export function socketFailure(
  error: unknown,
  asked: { readonly method: string; readonly shown: string; readonly host: string },
): Failure | undefined {
  const code = errorCode(error);
  const details = { cause: error };
  if (code === "UND_ERR_INVALID_ARG") return invalid(error);
  if (code === "UND_ERR_CLOSED" || code === "UND_ERR_DESTROYED") {
    return {
      carriedOut: "no",
      error: new VendorError(`${asked.method} ${asked.shown} came after the connection was closed.`, {
        ...details,
        code: "http/closed",
        next: "stop-run",
      }),
    };
  }
  if (untrusted.test(code)) {
    const hint = "Check that the address begins with the right http:// or https://, and the host's certificate.";
    return {
      carriedOut: "no",
      error: new VendorError(`No secure connection to ${asked.host} (${code}).`, { ...details, code: "http/tls", next: "stop-run", hint }),
    };
  }
  const why = unreachable[code];
  if (why !== undefined && (neverConnected.has(code) || connecting(error))) {
    const hint = "Check the address of this connection, the network of this machine, and whether that system is up.";
    return {
      carriedOut: "no",
      error: new VendorError(`${asked.host} cannot be reached: ${why}.`, { ...details, code: "http/unreachable", next: "retry", hint }),
    };
  }
  if (!cut.test(code)) return undefined;
  return {
    carriedOut: "maybe",
    error: new VendorError(`The connection broke during ${asked.method} ${asked.shown} (${code}).`, {
      ...details,
      code: "http/cut",
      next: "retry",
    }),
  };
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether it failed while the connection was being made: then nothing was sent. */
function connecting(error: unknown): boolean {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.every((one) => one instanceof Error && "syscall" in one && (one.syscall === "connect" || one.syscall === "getaddrinfo"));
}

/** The client names the header that it refuses, never its value. */
function invalid(error: unknown): Failure {
  const what = error instanceof Error ? error.message : "invalid request";
  return {
    carriedOut: "no",
    error: new VendorError(`The request cannot be sent: ${what}.`, {
      code: "http/unsendable",
      next: "stop-run",
      hint: "Check the key or token of this connection for line breaks and other signs that do not belong there.",
    }),
  };
}
