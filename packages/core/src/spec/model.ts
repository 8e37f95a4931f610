import type { Condition, Path, Scalar } from "./model-condition.js";
import type { Alert, Check, Conflicts, CreateIf, Guards, Protect, SpecTest, Stages } from "./model-policy.js";
import type { SourceText } from "./source-text.js";

export type * from "./model-condition.js";
export type * from "./model-policy.js";

/** A checked sync spec: what the rest of core works from. `parseSpec` makes it from text, `defineSync` from code. */
export interface Spec {
  readonly version: 1;
  /** Unique in a project. */
  readonly name: string;
  readonly about?: string;
  /** Relative to the project folder; absent for a spec made in code. */
  readonly file?: string;
  /** Of everything that decides about records: a changed hash re-plans the landed records. */
  readonly hash: string;
  readonly from: Source;
  readonly to: StreamName;
  readonly match: Match;
  readonly write: "upsert" | "update_only" | "create_only" | "append" | "mirror";
  readonly fields: readonly FieldRule[];
  readonly whenSourceDeleted: WhenDeleted;
  readonly run: RunRule;
  /** `one_way` if not given. */
  readonly direction?: "one_way" | "both";
  /** What stands for the code of the app's own steps that its fields name: their versions, by name. */
  readonly transforms?: Readonly<Record<string, string>>;
  readonly createIf?: CreateIf;
  readonly protect?: Protect;
  readonly stages?: Stages;
  readonly conflicts?: Conflicts;
  /** `parseSpec` and `defineSync` always give them; `defaultGuards` for a spec made otherwise. */
  readonly guards?: Guards;
  readonly checks?: readonly Check[];
  readonly alert?: Alert;
  readonly tests?: readonly SpecTest[];
  /** Line of each part by its path ("fields.phone", "match"), for decisions and messages. */
  readonly lines: Readonly<Record<string, number>>;
  /** The file's text and where its parts stand, for later messages; absent for a spec made in code. */
  readonly source?: SourceText;
}

export interface StreamName {
  readonly connection: string;
  readonly stream: string;
}

export interface Source extends StreamName {
  readonly only?: Condition;
  /** Related records by the name that paths use: `owner.email`. */
  readonly with: Readonly<Record<string, Related>>;
  readonly cursor?: string;
  readonly key?: string;
  /** Milliseconds. */
  readonly overlapMs?: number;
}

export interface Related extends StreamName {
  /** `one`: a record or nothing. `many`: a list. */
  readonly take: "one" | "many";
  /** Field of the related record -> path in the source record; all must be equal. */
  readonly where: Readonly<Record<string, Path>>;
}

export interface Match {
  readonly tryInOrder: readonly MatchKey[];
  readonly whenSeveral: "hold";
  readonly whenNone: "create" | "skip" | "hold";
}

/** Pairs that must all be equal; the target field's own cleaning applies to the source value. */
export interface MatchKey {
  readonly pairs: readonly { readonly target: string; readonly source: Path }[];
  /** Passes over targets that are linked to another record. */
  readonly unlinkedOnly: boolean;
}

export type WhenDeleted = { readonly act: "keep" | "archive" | "remove" } | { readonly act: "mark"; readonly field: string };

export interface RunRule {
  readonly every?: string;
  readonly cron?: string;
  readonly timezone?: string;
  readonly noRunsBetween?: string;
  readonly recheckEverything?: string;
  /** It also runs when the source's system calls. */
  readonly onWebhook?: boolean;
}

/**
 * How one target field gets its value. `written` is the file's own text of a number or true/false where it differs
 * (`08`, `1e5`): `settleSpec` puts it in place where the target's field is text.
 */
export type FieldRule = {
  readonly target: string;
  readonly steps: readonly Step[];
  /** The target's field is a list, to which the value is added where it is not in it yet. */
  readonly addToList?: boolean;
} & FieldSource;

export type FieldSource =
  | { readonly kind: "from"; readonly from: Path }
  | { readonly kind: "join"; readonly join: readonly Path[]; readonly separator: string }
  | { readonly kind: "value"; readonly value: string | number | boolean | null; readonly written?: string }
  | {
      readonly kind: "map";
      readonly from: Path;
      readonly map: Readonly<Record<string, Scalar>>;
      readonly unknown: "hold" | "keep" | { readonly use: Scalar };
      readonly written?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "take_one";
      readonly from: Path;
      readonly where?: Condition;
      readonly latest?: Path;
      readonly earliest?: Path;
      readonly then: Path;
    }
  | { readonly kind: "ref"; readonly sync: string; readonly id: Path; readonly whenNone: "wait" | "blank" | "hold" };

/** A named transform with its argument: `trim`, `{ truncate: 120 }`. */
export interface Step {
  readonly name: string;
  readonly argument?: unknown;
}
