import type { Stream } from "@fieldwright/connector-kit";
import { checkCondition } from "./check-condition.js";
import { checkPath, shelfOf } from "./check-path.js";
import type { Related } from "./model.js";
import { type SpecCheck, some } from "./spec-check.js";

/** `from` against what its connection holds; the stream it names, where that is known. */
export function checkSource(check: SpecCheck): Stream | undefined {
  const { from } = check.spec;
  const stream = check.named(from, { connection: ["from", "connection"], stream: ["from", "stream"] });
  if (stream !== undefined) mustRead(check, stream, from.connection, ["from", "stream"]);
  for (const [name, related] of Object.entries(from.with)) checkRelated(check, name, related, stream);
  if (stream === undefined) return undefined;
  const shelf = shelfOf(stream, from.connection, true);
  if (from.only !== undefined) checkCondition(check, shelf, from.only, ["from", "only"]);
  if (from.cursor !== undefined) checkPath(check, shelf, from.cursor.split("."), { path: ["from", "cursor"] });
  if (from.key !== undefined) checkPath(check, shelf, from.key.split("."), { path: ["from", "key"] });
  return stream;
}

function checkRelated(check: SpecCheck, name: string, related: Related, source: Stream | undefined): void {
  const path = ["from", "with", name];
  const word = [...path, related.take];
  // Without a dot the connection is the source's own, which is reported there.
  const own = related.connection === check.spec.from.connection;
  const stream = own ? namedOnKnown(check, related, word) : check.named(related, { connection: word, stream: word });
  if (stream !== undefined) mustRead(check, stream, related.connection, word);
  if (source !== undefined && Object.hasOwn(source.fields, name)) {
    check.add({
      code: "spec/contradiction",
      severity: "warning",
      path,
      on: "key",
      message: `\`${name}\` is also a field of ${check.spec.from.connection} ${source.name}, which paths can then no longer reach.`,
      hint: `Give the related record another name, e.g. \`${name}_record\`.`,
    });
  }
  for (const [field, sourcePath] of Object.entries(related.where)) {
    const here = [...path, "where", field];
    if (stream !== undefined) checkPath(check, shelfOf(stream, related.connection), field.split("."), { path: here, on: "key" });
    if (source !== undefined) checkPath(check, shelfOf(source, check.spec.from.connection), sourcePath, { path: here });
  }
}

function namedOnKnown(check: SpecCheck, related: Related, path: readonly string[]): Stream | undefined {
  return Object.hasOwn(check.schemas, related.connection) ? check.named(related, { connection: path, stream: path }) : undefined;
}

function mustRead(check: SpecCheck, stream: Stream, connection: string, path: readonly string[]): void {
  if (stream.read !== undefined) return;
  const readable = check.schemas[connection]?.filter((each) => each.read !== undefined).map((each) => each.name) ?? [];
  check.add({
    code: "spec/missing-operation",
    path,
    message: `${connection} cannot list its ${stream.name}, so that they cannot be read.`,
    hint: some("Streams that can be read", readable),
  });
}
