import { linesOf } from "./excerpt.js";
import { type Finding, type PartPath, pathKey, type SourceText } from "./source-text.js";
import type { TransformTable } from "./transform-table.js";

export interface ReadingOptions {
  readonly transforms: TransformTable;
  /** Takes words as well that the engine does not carry out yet. */
  readonly preview: boolean;
}

/** What is found wrong while a spec is read. */
export class Reading {
  readonly findings: Finding[];
  readonly transforms: TransformTable;
  readonly preview: boolean;

  constructor(
    readonly source: SourceText,
    options: ReadingOptions,
    before: readonly Finding[] = [],
  ) {
    this.findings = [...before];
    this.transforms = options.transforms;
    this.preview = options.preview;
  }

  add(finding: Finding): void {
    this.findings.push(finding);
  }

  /** Whether nothing was found wrong with this part or within it. */
  sound(...path: PartPath): boolean {
    const key = pathKey(path);
    return !this.findings.some((finding) => {
      const found = pathKey(finding.path);
      return found === key || found.startsWith(`${key}.`);
    });
  }

  /** A scalar's own text where it says more than the value: `08`, `1e5`. */
  written(path: PartPath, value: unknown): string | undefined {
    const span = this.source.positions?.[pathKey(path)]?.value;
    if (span === undefined || this.source.text === undefined || (typeof value !== "number" && typeof value !== "boolean")) return undefined;
    const text = this.source.text.slice(span[0], span[1]);
    return text === String(value) ? undefined : text;
  }

  /** The line of a part, from 1; nothing for a spec made in code. */
  line(key: string): { readonly line?: number } {
    const position = this.source.positions?.[key];
    if (position === undefined || this.source.text === undefined) return {};
    const [line] = linesOf(this.source.text, [(position.key ?? position.value)[0]]);
    return line === undefined ? {} : { line };
  }
}
