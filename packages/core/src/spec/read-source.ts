import { parseDuration } from "./duration.js";
import type { Path, Related, Source, StreamName } from "./model.js";
import { parsePath } from "./parse-path.js";
import { readCondition } from "./read-condition.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";
import type { PartPath } from "./source-text.js";

type FromInput = SyncInput["from"];
type RelatedInput = NonNullable<FromInput["with"]>[string];

export function readFrom(input: FromInput, reading: Reading): Source {
  const only =
    input.only === undefined || !reading.sound("from", "only") ? undefined : readCondition(input.only, ["from", "only"], reading);
  const overlapMs =
    input.overlap === undefined || !reading.sound("from", "overlap") ? undefined : readSpan(input.overlap, ["from", "overlap"], reading);
  const related: Record<string, Related> = {};
  for (const [name, each] of Object.entries(input.with ?? {})) {
    if (!reading.sound("from", "with", name) || each === undefined) continue;
    const read = readRelated(name, each, input.connection, reading);
    if (read !== undefined) related[name] = read;
  }
  return {
    connection: input.connection,
    stream: input.stream,
    with: related,
    ...(only === undefined ? {} : { only }),
    ...(input.cursor === undefined ? {} : { cursor: input.cursor }),
    ...(input.key === undefined ? {} : { key: input.key }),
    ...(overlapMs === undefined ? {} : { overlapMs }),
  };
}

function readRelated(name: string, input: RelatedInput, connection: string, reading: Reading): Related | undefined {
  const path = ["from", "with", name];
  if (name.includes(".")) {
    reading.add({
      code: "spec/bad-value",
      path,
      on: "key",
      message: `\`${name}\` cannot be the name of related records: a dot leads to a part of them.`,
      hint: `Write \`${name.replaceAll(".", "_")}\`.`,
    });
    return undefined;
  }
  if ((input.one === undefined) === (input.many === undefined)) {
    const message =
      input.one === undefined
        ? `\`${name}\` does not say which stream it looks in.`
        : `\`${name}\` has both \`one\` and \`many\`, so that it is not clear whether paths lead to a record or to a list.`;
    reading.add({
      code: input.one === undefined ? "spec/missing-key" : "spec/contradiction",
      path,
      on: "key",
      message,
      hint: "`one: users` is a record or nothing; `many: estimates` is a list.",
    });
    return undefined;
  }
  const where: Record<string, Path> = {};
  for (const [field, text] of Object.entries(input.where)) {
    const source = readPath(text, [...path, "where", field], reading);
    if (source !== undefined) where[field] = source;
  }
  if (Object.keys(input.where).length === 0) {
    reading.add({
      code: "spec/bad-value",
      path: [...path, "where"],
      message: `\`where\` is empty, so that every record would be related.`,
      hint: "Write field of the related record, then path in the source record: `{ id: ownerId }`.",
    });
  }
  return { ...streamName(input.one ?? input.many ?? "", connection), take: input.one === undefined ? "many" : "one", where };
}

/** `crm.users` is the stream `users` of `crm`; without a dot it is the source's own connection. */
function streamName(text: string, connection: string): StreamName {
  const dot = text.indexOf(".");
  return dot === -1 ? { connection, stream: text } : { connection: text.slice(0, dot), stream: text.slice(dot + 1) };
}

export function readPath(text: unknown, path: PartPath, reading: Reading): Path | undefined {
  const read = typeof text === "string" ? parsePath(text) : undefined;
  if (read === undefined && text !== undefined) {
    const whole = typeof text === "string" && text.startsWith("./");
    reading.add({
      code: "spec/bad-value",
      path,
      message: `\`${String(text)}\` is not a path of the source record.`,
      hint: whole
        ? `Write \`${text.slice(2).replaceAll("/", ".")}\`; only \`.\` alone is the whole record.`
        : "Write `field`, `field.part`, or `.` for the whole record.",
    });
  }
  return read;
}

export function readSpan(text: string, path: PartPath, reading: Reading): number | undefined {
  const ms = parseDuration(text);
  if (ms === undefined) {
    reading.add({
      code: "spec/bad-value",
      path,
      message: `\`${text}\` is not a span of time.`,
      hint: "Write e.g. `5 minutes` or `1 day`: a whole number, then second, minute, hour, day or week.",
    });
  }
  return ms;
}
