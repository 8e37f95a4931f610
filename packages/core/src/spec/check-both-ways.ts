import type { Stream } from "@fieldwright/connector-kit";
import type { Ends } from "./check-chain.js";
import { writtenFields } from "./check-protect.js";
import type { Conflicts, StreamName } from "./model.js";
import { nearest } from "./nearest.js";
import { type SpecCheck, some } from "./spec-check.js";

/** `direction: both` and `conflicts` against what the two sides can do. */
export function checkBothWays(check: SpecCheck, { source, target }: Ends): void {
  const { spec } = check;
  if (spec.direction === "both" && source !== undefined && source.update === undefined && source.upsert === undefined) {
    const message = `${spec.from.connection} cannot update ${source.name}, so that nothing can flow back.`;
    check.add({ code: "spec/missing-operation", path: ["direction"], message, hint: "Take `direction` out: changes then flow one way." });
  }
  if (spec.conflicts === undefined) return;
  checkOwners(check, spec.conflicts);
  if (spec.conflicts.otherwise !== "newest") return;
  const blind = [clockless(spec.from, source), clockless(spec.to, target)].filter((each) => each !== undefined);
  if (blind.length === 0) return;
  check.add({
    code: "spec/untrusted-clock",
    path: ["conflicts", "otherwise"],
    message: `\`newest\` needs to know when each side changed, but ${blind.join(" and ")}.`,
    hint: "Name an `owner` of each field, and write `otherwise: hold`.",
  });
}

function checkOwners(check: SpecCheck, conflicts: Conflicts): void {
  const written = [...writtenFields(check.spec)];
  for (const field of Object.keys(conflicts.owner)) {
    if (written.includes(field)) continue;
    const near = nearest(field, written);
    check.add({
      code: "spec/unknown-field",
      path: ["conflicts", "owner", field],
      on: "key",
      message: `\`${field}\` is not in \`fields\`, so that there is no conflict about it.`,
      hint: near === undefined ? some("Fields", written) : `Did you mean \`${near}\`?`,
    });
  }
}

/** Why nobody can tell when a record of the stream changed; `undefined` if one can. */
function clockless(name: StreamName, stream: Stream | undefined): string | undefined {
  if (stream === undefined) return undefined;
  const place = `${name.connection} ${stream.name}`;
  const { cursor } = stream;
  if (cursor?.field === undefined) return `${place} has no field that says when a record changed`;
  const field = stream.fields[cursor.field];
  if (cursor.type !== "datetime" || (field !== undefined && field.type !== "datetime")) return `\`${cursor.field}\` of ${place} is no time`;
  if (cursor.granularity === "day") return `\`${cursor.field}\` of ${place} tells the day only`;
  return field?.zoneless === true ? `\`${cursor.field}\` of ${place} does not say in which time zone` : undefined;
}
