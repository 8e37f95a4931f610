import { isBlank } from "../mapping/index.js";
import { addToList } from "./add-to-list.js";
import type { FieldPolicy } from "./field-policy.js";
import type { KeptField, Patched, PatchInput } from "./patch.js";

/** What holds for all fields of a spec. */
export interface PatchRules {
  /** An explicit blank of the source empties the target's field. */
  readonly clears: boolean;
  /** The line of a part of the spec, by its path. */
  readonly lineOf: (path: string) => number | undefined;
}

const noFields: readonly never[] = [];

/** The patch of one record while it is put together. */
export class Patching {
  readonly #input: PatchInput;
  readonly #rules: PatchRules;
  readonly #patch: Record<string, unknown> = {};
  readonly #before: Record<string, unknown> = {};
  #isEmpty = true;
  #kept: KeptField[] | undefined;
  #becameHuman: string[] | undefined;

  constructor(input: PatchInput, rules: PatchRules) {
    this.#input = input;
    this.#rules = rules;
  }

  /** Decides one field. Gives whether it holds the wanted value afterwards. */
  add(policy: FieldPolicy, wanted: unknown): boolean {
    const { name } = policy;
    const present = this.#input.target?.[name];
    const value = policy.addsToList ? addToList(present, wanted, policy.same) : wanted;
    // Asked even where nothing is to be written: an edit that happens to agree with the source today is a person's tomorrow.
    const isHuman = policy.keepsHumanEdits && this.#isHuman(policy, present);
    if (value === present || value === undefined || policy.same(value, present)) return true;
    const kept = this.#whyNot(policy, { present, value, isHuman });
    if (kept !== undefined) {
      this.keep(kept);
      return false;
    }
    this.#patch[name] = isBlank(value) ? null : value;
    if (this.#input.operation === "update") this.#before[name] = present ?? null;
    this.#isEmpty = false;
    return true;
  }

  /** A field of a new record that nothing protects. */
  put(name: string, value: unknown): void {
    this.#patch[name] = value;
    this.#isEmpty = false;
  }

  /** All of the fields or none of them: a stage means nothing without its pipeline. */
  addAllOrNone(group: readonly { readonly policy: FieldPolicy; readonly value: unknown }[]): boolean {
    const trial = new Patching(this.#input, this.#rules);
    const isWhole = group.every(({ policy, value }) => trial.add(policy, value));
    if (isWhole && !trial.#isEmpty) {
      Object.assign(this.#patch, trial.#patch);
      Object.assign(this.#before, trial.#before);
      this.#isEmpty = false;
    }
    for (const kept of trial.#kept ?? noFields) this.keep(kept);
    if (trial.#becameHuman !== undefined) this.#becameHuman = [...(this.#becameHuman ?? noFields), ...trial.#becameHuman];
    return isWhole;
  }

  keep(kept: KeptField): void {
    if (this.#kept === undefined) this.#kept = [kept];
    else this.#kept.push(kept);
  }

  done(): Patched {
    return {
      patch: this.#patch,
      before: this.#before,
      isEmpty: this.#isEmpty,
      kept: this.#kept ?? noFields,
      becameHuman: this.#becameHuman ?? noFields,
    };
  }

  /** Whether the field is a person's. What this sync never wrote, and the source never said, somebody else must have typed. */
  #isHuman({ name, same }: FieldPolicy, present: unknown): boolean {
    const { operation, lastWritten, oldSource, humanOwned } = this.#input;
    if (humanOwned?.has(name)) return true;
    if (operation === "create" || same(present, lastWritten?.[name])) return false;
    if (oldSource !== undefined && same(present, oldSource[name])) return false;
    if (this.#becameHuman === undefined) this.#becameHuman = [name];
    else this.#becameHuman.push(name);
    return true;
  }

  /** The strongest rule that keeps the value out; `undefined`: it may be written. */
  #whyNot(policy: FieldPolicy, { present, value, isHuman }: { present: unknown; value: unknown; isHuman: boolean }): KeptField | undefined {
    if (policy.isReadOnly) return this.#keptBy(policy, "target", "the system lets nobody write it");
    if (policy.neverWrite) return this.#keptBy(policy, "protect.never_write", "the spec never writes it");
    if (this.#input.operation === "create") return undefined;
    if (policy.isFixedAfterCreate) return this.#keptBy(policy, "target", "the system takes it only when a record is created");
    const hasValue = !isBlank(present);
    if (policy.setOnce && hasValue && !this.#isOwnDefault(policy, present, value))
      return this.#keptBy(policy, "protect.set_once", "it has a value already, and is set only once");
    if (policy.isTargets) return this.#keptBy(policy, `conflicts.owner.${policy.name}`, "it belongs to the target's side");
    if (isHuman) return this.#keptBy(policy, "protect.keep_human_edits", "a person changed it, and it is theirs until it is released");
    if (policy.onlyIfBlank && hasValue) return this.#keptBy(policy, "protect.only_if_blank", "it is not blank");
    if (isBlank(value) && !this.#rules.clears)
      return this.#keptBy(policy, "protect.when_source_blank", "the source is blank, and that clears nothing");
    return undefined;
  }

  /** It holds the spec's own `default`, put there by this sync, and a real value has come. */
  #isOwnDefault({ name, isDefault }: FieldPolicy, present: unknown, value: unknown): boolean {
    return isDefault !== undefined && !isBlank(value) && isDefault(present) && isDefault(this.#input.lastWritten?.[name]);
  }

  #keptBy({ name, kept }: FieldPolicy, rule: string, why: string): KeptField {
    let one = kept.get(rule);
    if (one === undefined) {
      const line = this.#rules.lineOf(rule === "target" ? `fields.${name}` : rule);
      one = { field: name, rule, ...(line === undefined ? {} : { line }), why };
      kept.set(rule, one);
    }
    return one;
  }
}
