import { type Call, VendorError } from "@fieldwright/connector-kit";

/** `some`: only records that a rule of the collection lets through. */
export type Right = "all" | "some" | "none";

export interface Rights {
  readonly create: Right;
  readonly read: Right;
  readonly update: Right;
  readonly delete: Right;
  /** Names of fields, where the answer tells them: only if some may not be seen or written. */
  readonly fields: readonly string[];
}

export type Access = Readonly<Record<string, Rights>>;

/** `/api/access` as it is sent; rights that are not there are not given. */
export function accessIn(body: unknown): Access {
  const collections = isObject(body) && isObject(body.collections) ? body.collections : undefined;
  // Somebody without any right at all gets an answer without collections.
  if (collections === undefined && !isObject(body)) {
    throw new VendorError("Payload does not say what this user may do: /access answered with something other than rights.", {
      code: "payload/no-access",
      next: "stop-run",
      hint: "Check `baseUrl`, which ends in /api.",
    });
  }
  return Object.fromEntries(Object.entries(collections ?? {}).map(([slug, rights]) => [slug, rightsIn(rights)]));
}

/** Asked for once; again after a failure. */
export function remembered<T>(ask: (call: Call) => Promise<T>): (call: Call) => Promise<T> {
  let known: Promise<T> | undefined;
  return (call) => {
    known ??= ask(call).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

function rightsIn(rights: unknown): Rights {
  const given = isObject(rights) ? rights : {};
  const right = (name: string): Right => rightIn(given[name]);
  const fields = isObject(given.fields) ? Object.keys(given.fields) : [];
  return { create: right("create"), read: right("read"), update: right("update"), delete: right("delete"), fields };
}

function rightIn(given: unknown): Right {
  if (given === true) return "all";
  if (!isObject(given) || given.permission !== true) return "none";
  return given.where === undefined ? "all" : "some";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
