import type { Match, MatchKey } from "./model.js";
import { isMap } from "./read-condition.js";
import { readPath } from "./read-source.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";
import type { PartPath } from "./source-text.js";

/** `append` never looks for an existing record, so that it alone needs no key. */
export const noMatch: Match = { tryInOrder: [], whenSeveral: "hold", whenNone: "create" };

export function readMatch(input: NonNullable<SyncInput["match"]>, reading: Reading): Match {
  const keys = reading.sound("match", "try_in_order") ? input.try_in_order : [];
  return {
    tryInOrder: keys.flatMap((key, index) => readKey(key, ["match", "try_in_order", index], reading) ?? []),
    whenSeveral: input.when_several ?? "hold",
    whenNone: input.when_none ?? "create",
  };
}

function readKey(input: Readonly<Record<string, unknown>>, path: PartPath, reading: Reading): MatchKey | undefined {
  const { unlinked_only: unlinked, all_of: several, ...single } = input;
  const names = Object.keys(single).filter((name) => !name.startsWith("x-"));
  if (unlinked !== undefined && typeof unlinked !== "boolean") {
    const trap = typeof unlinked === "string" && /^(yes|no|on|off)$/i.test(unlinked);
    const code = trap ? "spec/yaml-trap" : "spec/wrong-type";
    const why = trap ? `, and \`${unlinked}\` is text in YAML 1.2` : "";
    reading.add({
      code,
      path: [...path, "unlinked_only"],
      message: `\`unlinked_only\` must be true or false${why}.`,
      hint: "Write `true` to pass over records that belong to another source record.",
    });
  }
  if (names.length + (several === undefined ? 0 : 1) !== 1) {
    const none = names.length === 0 && several === undefined;
    const message = none
      ? "This key names no field to compare."
      : "This key names several fields, so that it is not clear whether all or one of them must fit.";
    const [first, second] = names;
    const hint = none
      ? "Write target field, then source path: `email: contact.email`."
      : `Write \`all_of: { ${first ?? "a"}: …, ${second ?? "b"}: … }\` if all must fit; make an entry of each if they are tried one after the other.`;
    reading.add({ code: "spec/bad-value", path, message, hint });
    return undefined;
  }
  const pairs = several === undefined ? single : several;
  const at = several === undefined ? path : [...path, "all_of"];
  if (!isMap(pairs) || Object.keys(pairs).length === 0) {
    reading.add({
      code: "spec/wrong-type",
      path: at,
      message: "`all_of` must be a map of target fields and source paths.",
      hint: "Example: `all_of: { contact_phone: phone, site_zip: address.zip }`",
    });
    return undefined;
  }
  const read = Object.entries(pairs).flatMap(([target, text]) => {
    const source = typeof text === "string" ? readPath(text, [...at, target], reading) : wrongPath(target, [...at, target], reading);
    return source === undefined ? [] : [{ target, source }];
  });
  return { pairs: read, unlinkedOnly: unlinked === true };
}

function wrongPath(target: string, path: PartPath, reading: Reading): undefined {
  reading.add({
    code: "spec/wrong-type",
    path,
    message: `\`${target}\` must be compared with a source path.`,
    hint: `Example: \`${target}: contact.${target}\``,
  });
}
