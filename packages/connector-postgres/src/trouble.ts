import { VendorError } from "@fieldwright/connector-kit";
import { sqlState, sqlTrouble } from "@fieldwright/connector-kit/sql";

/** What Postgres says about an error, as far as it says it. */
export interface SqlError {
  readonly message: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly where?: string;
}

/** A record of a batch is at fault, and not the database, the rights or the statement. */
export function isAboutData(error: unknown): boolean {
  const state = sqlState(error);
  if (sqlTrouble(error) === "data") return true;
  // Raised by a trigger, a view's check option, a value too large for an index, a policy on rows.
  return (
    state.startsWith("P0") ||
    state === "44000" ||
    state.startsWith("54") ||
    (state === "42501" && messageOf(error).includes("row-level security"))
  );
}

/** An error that is not about single records, in plain words and with the next step. */
export function troubleOf(error: unknown, { inDoubt = false }: { readonly inDoubt?: boolean } = {}): unknown {
  if (error instanceof VendorError || !(error instanceof Error)) return error;
  if (error.name === "AbortError") return error;
  const state = sqlState(error);
  const code = `sql/${state === "" ? "unknown" : state}`;
  switch (sqlTrouble(error)) {
    case "connection":
      return new VendorError(connectionTrouble(error, state), {
        code,
        next: "stop-run",
        inDoubt,
        hint: connectionHint(error, state),
        cause: withoutValues(error),
      });
    case "disk":
      return new VendorError(`The database has run out of room or memory: ${error.message}.`, {
        code,
        next: "stop-run",
        hint: "Free disk space or raise the limit on the database's side, then run again: the run goes on where it stopped.",
        cause: withoutValues(error),
      });
    case "conflict":
      return new VendorError("Another transaction of the database was in the way, and this one had to give up.", {
        code,
        next: "retry",
        retryAfterMs: 200,
        cause: withoutValues(error),
      });
    case "rights":
      return new VendorError(`The database user may not do this: ${error.message}.`, {
        code,
        next: "stop-stream",
        hint: "Grant the right to the user of this connection.",
        cause: withoutValues(error),
      });
    default:
      return state === ""
        ? error
        : new VendorError(statementTrouble(error, state), {
            code,
            next: state === "25006" ? "stop-run" : "stop-stream",
            hint: statementHint(state),
            cause: withoutValues(error),
          });
  }
}

/** Drivers hang the statement's parameters and whole keys on their errors, and those must not reach a log. */
function withoutValues(error: Error): Error {
  const bare = new Error(error.message);
  if (error.stack !== undefined) bare.stack = error.stack;
  return bare;
}

function statementTrouble(error: Error, state: string): string {
  if (state === "57014") return "The database stopped a statement because it took too long or was cancelled.";
  if (state === "25006") return "The database takes no writes: it is a replica, or set to read-only.";
  if (state === "42P01" || state === "42703") return `The table is not what it was when the run began: ${error.message}.`;
  return `The database refused a statement: ${error.message}.`;
}

function statementHint(state: string): string {
  if (state === "57014") return "Raise `statementTimeoutMs` of the connection, or give the columns that are searched an index.";
  if (state === "25006") return "Point the connection at the primary server.";
  if (state === "42P01" || state === "42703") return "Run `fieldwright migrate` to see what is missing, then run again.";
  if (state === "42883") return "A column of this type cannot be compared; match by another field.";
  return "See the database's log for the statement.";
}

const tlsCodes = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

export function connectionTrouble(error: unknown, state = sqlState(error)): string {
  const message = messageOf(error);
  if (state === "28P01") return "The database refused the user's password.";
  if (state === "3D000") return "The server has no database of that name.";
  if (state === "53300") return "The database has no connection left for another client.";
  if (state.startsWith("57P")) return "The database is shutting down, or someone ended this connection.";
  if (state === "ENOTFOUND" || state === "EAI_AGAIN") return "The database's host name is not known.";
  if (state === "ECONNREFUSED") return "Nothing answers at the database's address.";
  if (tlsCodes.has(state)) return "The server's TLS certificate could not be verified.";
  if (/does not support SSL/i.test(message)) return "TLS was asked for, but the server does not offer it.";
  if (/no encryption|SSL off/i.test(message)) return "The server refuses connections without TLS.";
  if (state.startsWith("28")) return "The database refused this user.";
  if (/timeout/i.test(message)) return "The database did not answer in time.";
  return "The connection to the database was lost.";
}

export function connectionHint(error: unknown, state = sqlState(error)): string {
  const message = messageOf(error);
  if (/no encryption|SSL off/i.test(message)) return "Set `ssl: true` in the connection's options.";
  if (state === "28P01" || state.startsWith("28"))
    return "Check user and password in the connection's `url`; signs such as @ / : in a password must be written as %40 %2F %3A.";
  if (state === "3D000") return "Check the last part of the connection's `url`, or create the database.";
  if (state === "53300") return "Use the provider's pooler address, or raise max_connections.";
  if (state === "ENOTFOUND" || state === "EAI_AGAIN") return "Check the host in the connection's `url` and this machine's network.";
  if (state === "ECONNREFUSED") return "Check host and port in the connection's `url`, and that the server runs and lets this machine in.";
  if (tlsCodes.has(state)) return "Give the authority's certificate under `ssl: { ca: ... }`.";
  if (/does not support SSL/i.test(message))
    return "Remove `ssl` from the connection's options if the network is trusted, or switch TLS on at the server.";
  return "Run again when the database can be reached: the run goes on where it stopped.";
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
