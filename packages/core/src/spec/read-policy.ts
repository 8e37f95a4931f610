import type { Conflicts, CreateIf, Protect } from "./model.js";
import { isMap, readCondition } from "./read-condition.js";
import type { Reading } from "./reading.js";
import type { SyncInput } from "./shape.js";
import type { ConflictsInput, ProtectInput } from "./shape-policy.js";

const otherwises = ["wait", "skip", "hold"] as const;

export function readCreateIf(input: SyncInput, reading: Reading): CreateIf | undefined {
  const { otherwise, ...rest } = isMap(input.create_if) ? input.create_if : {};
  const chosen = otherwise === undefined ? "wait" : otherwises.find((each) => each === otherwise);
  if (chosen === undefined) {
    reading.add({
      code: "spec/bad-value",
      path: ["create_if", "otherwise"],
      message: "`otherwise` takes `wait`, `skip` or `hold`.",
      hint: "It says what becomes of a record that may not be created yet; a condition on a field of this name stands under `all`.",
    });
  }
  const never = input.write === "update_only" ? "`write: update_only`" : neverCreates(input);
  if (never !== undefined) {
    reading.add({
      code: "spec/contradiction",
      path: ["create_if"],
      on: "key",
      message: `\`create_if\` says when to create a record, but ${never} never does.`,
      hint: "Keep one of the two.",
    });
  }
  const condition = readCondition(rest, ["create_if"], reading);
  if (condition === undefined || chosen === undefined) return undefined;
  return { condition, otherwise: chosen, ...reading.line("create_if") };
}

function neverCreates(input: SyncInput): string | undefined {
  const none = isMap(input.match) ? input.match.when_none : undefined;
  return none === "skip" || none === "hold" ? `\`when_none: ${none}\`` : undefined;
}

export const protections = ["never_write", "set_once", "only_if_blank", "keep_human_edits"] as const;

export function readProtect(input: ProtectInput, reading: Reading): Protect {
  const first = new Map<string, (typeof protections)[number]>();
  for (const list of protections) {
    for (const [index, field] of (input[list] ?? []).entries()) {
      const other = first.get(field);
      if (other === undefined) first.set(field, list);
      else reading.add(twice(field, [other, list], ["protect", list, index]));
    }
  }
  return {
    neverWrite: input.never_write ?? [],
    setOnce: input.set_once ?? [],
    onlyIfBlank: input.only_if_blank ?? [],
    keepHumanEdits: input.keep_human_edits ?? [],
    whenSourceBlank: input.when_source_blank ?? "keep",
  };
}

function twice(field: string, [one, other]: readonly [string, string], path: readonly (string | number)[]) {
  const message =
    one === other
      ? `\`${field}\` stands twice under \`${one}\`.`
      : one === "never_write"
        ? `\`${field}\` is never written, so that \`${other}\` says nothing about it.`
        : `\`${field}\` stands under \`${one}\` and \`${other}\`, so that it is not clear which of them decides.`;
  return { code: "spec/two-protections", path, message, hint: "Keep it in one list." };
}

export function readConflicts(input: ConflictsInput, sync: SyncInput, reading: Reading): Conflicts {
  if (sync.direction !== "both") {
    reading.add({
      code: "spec/contradiction",
      path: ["conflicts"],
      on: "key",
      message: "`conflicts` says who wins where both sides changed, but changes flow one way only.",
      hint: "Write `direction: both`; or take `conflicts` out. `protect` keeps fields of the target from being written.",
    });
  }
  const owner: Record<string, "source" | "target"> = {};
  for (const [field, name] of Object.entries(input.owner ?? {})) {
    const side = sideOf(name, sync);
    if (side !== undefined) owner[field] = side;
    else
      reading.add({
        code: "spec/bad-value",
        path: ["conflicts", "owner", field],
        message: `\`${name}\` does not say whose value of \`${field}\` counts.`,
        hint: `Write ${ownersOf(sync)}.`,
      });
  }
  const sides = { hold: "hold", ours: "source", theirs: "target", newest: "newest" } as const;
  return { owner, otherwise: sides[input.otherwise ?? "hold"] };
}

function sideOf(name: string, { from, to }: SyncInput): "source" | "target" | undefined {
  if (name === "from") return "source";
  if (name === "to") return "target";
  if (from?.connection === to?.connection) return undefined;
  return name === from?.connection ? "source" : name === to?.connection ? "target" : undefined;
}

function ownersOf({ from, to }: SyncInput): string {
  return from?.connection === to?.connection ? "`from` or `to`" : `\`${from?.connection}\` or \`${to?.connection}\``;
}
