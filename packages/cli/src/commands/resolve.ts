import type { Resolution } from "@fieldwright/core";
import { exitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { who } from "../who.js";
import { knownSync } from "./known-sync.js";
import { commandText, type ProjectOptions, withProject } from "./project-options.js";

export interface RecordOptions extends ProjectOptions {
  readonly sync: string;
  readonly record: string;
  readonly by?: string;
  readonly terminal: Terminal;
}

/** Writes down a person's answer for a held record, and says what comes of it. */
export async function resolve(options: RecordOptions & { readonly resolution: Resolution }): Promise<number> {
  const { terminal, sync, record, resolution } = options;
  // Only a link looks at the target: the others need no credentials.
  const needs = resolution.action === "link" ? "connections" : "store";
  return withProject({ ...options, needs, check: (project) => knownSync(sync, project) }, async ({ engine }) => {
    const by = who(options.by);
    await engine.resolve(sync, record, { ...resolution, by });
    const next = nextOf(options);
    terminal.result({ sync, record, ...resolution, by, next }, () => next);
    return exitCode.done;
  });
}

function nextOf({ sync, record, resolution, ...options }: RecordOptions & { readonly resolution: Resolution }): string {
  const now = `Now:  ${commandText(options)} sync ${sync}`;
  switch (resolution.action) {
    case "approve":
      return `${record} is approved: the next run of ${sync} carries it out, and never asks again.\n${now}`;
    case "link":
      return `${record} is linked to ${resolution.targetId}, for good: the next run of ${sync} updates it.\n${now}`;
    case "ignore":
      return `${record} is left out of ${sync} from now on.\nTo take it in again:  ${commandText(options)} retry ${sync} ${record}`;
    case "retry":
      return `${record} is decided again by the next run of ${sync}.\n${now}`;
  }
}

/** Gives fields that people took over back to the sync. */
export async function release(options: RecordOptions & { readonly fields: readonly string[] }): Promise<number> {
  const { terminal, sync, record, fields } = options;
  return withProject({ ...options, needs: "connections", check: (project) => knownSync(sync, project) }, async ({ engine }) => {
    const by = who(options.by);
    const released = await engine.release(sync, record, { by, ...(fields.length === 0 ? {} : { fields }) });
    terminal.result({ sync, record, released, by }, () =>
      released.length === 0
        ? `No ${fields.length === 0 ? "field" : `field named ${fields.join(" or ")}`} of ${record} belongs to a person.\nWhat holds for each field:  ${commandText(options)} explain ${sync} ${record}`
        : `Given back to the sync: ${released.join(", ")}. The next run of ${sync} may write ${released.length === 1 ? "it" : "them"} again.\nNow:  ${commandText(options)} sync ${sync}`,
    );
    return exitCode.done;
  });
}
