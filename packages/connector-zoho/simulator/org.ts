import type { Channel } from "./channel.js";
import { type Ground, type Stored, userCount, userId } from "./generated-record.js";
import { createModuleTable, type ModuleTable } from "./module-table.js";
import { type Module, modulesOf } from "./modules.js";
import { momentText, wholeSecond } from "./moments.js";
import type { Settings } from "./options.js";
import { complaint, Refusal, refuse } from "./refusal.js";

export interface Deleted {
  readonly record: Stored;
  readonly module: string;
  readonly name: string;
  readonly atMs: number;
  readonly type: "recycle" | "permanent";
}

export interface BulkJob {
  readonly id: string;
  readonly module: string;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly page: number;
  readonly moreRecords: boolean;
  /** How often it was asked for: it is done at the third time. */
  asked: number;
}

/** Everything one Zoho organisation holds. */
export interface Org {
  readonly settings: Settings;
  readonly modules: readonly Module[];
  readonly deleted: Deleted[];
  readonly channels: Map<string, Channel>;
  readonly jobs: Map<string, BulkJob>;
  /** What automation was set off by writes: "Contacts workflow". */
  readonly automation: string[];
  /** Lower case, a module that is not there, or one that this user may not see: as Zoho refuses it. */
  table(module: string): ModuleTable;
  /** Without the question whether this user may. */
  tableIfAny(module: string): ModuleTable | undefined;
  nowMs(): number;
  moment(ms: number): string;
  user(id: unknown): { readonly name: string; readonly id: string; readonly email: string };
}

export function createOrg(settings: Settings): Org {
  const modules = modulesOf(settings);
  const nowMs = () => wholeSecond(settings.clock.now().getTime());
  const ground: Ground = {
    settings,
    count: (module) => settings.sizes[module] ?? settings.size,
    numberOf: (module) => modules.find((one) => one.name === module)?.number ?? 0,
    endMs: nowMs() - 3_600_000,
  };
  const deleted: Deleted[] = [];
  const tables = new Map<string, ModuleTable>();
  for (const module of modules) {
    const onRemove = (record: Stored) =>
      void deleted.push({ record, module: module.name, name: String(record[module.display] ?? ""), atMs: nowMs(), type: "recycle" });
    tables.set(module.name, createModuleTable({ ground, module, nowMs, onRemove }));
  }
  return {
    settings,
    modules,
    deleted,
    channels: new Map(),
    jobs: new Map(),
    automation: [],
    table(name) {
      const found = tables.get(name);
      if (found === undefined) throw refuse("INVALID_MODULE", "the module name given seems to be invalid", { resource_path_index: 0 });
      if (settings.forbidden.has(name))
        throw new Refusal(403, complaint("NO_PERMISSION", "Permission denied", { permissions: [`Crm_Implied_View_${name}`] }));
      return found;
    },
    tableIfAny: (name) => tables.get(name),
    nowMs,
    moment: (ms) => momentText(ms, settings.offsetMinutes),
    user(id) {
      const index = Array.from({ length: userCount }, (_, n) => n).find((n) => userId(n) === id) ?? 0;
      return { name: `User ${index + 1}`, id: userId(index), email: `user${index + 1}@example.test` };
    },
  };
}
