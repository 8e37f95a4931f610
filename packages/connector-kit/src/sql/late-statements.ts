import { inlined } from "./inlined.js";

export interface LateStatement {
  readonly text: string;
  readonly check?: ((touched: number) => void) | undefined;
}

/** The statements of a session that go along with the next one. */
export class LateStatements {
  #waiting: LateStatement[] = [];

  get any(): boolean {
    return this.#waiting.length > 0;
  }

  get anyChecked(): boolean {
    return this.#waiting.some((one) => one.check !== undefined);
  }

  add(text: string, values?: readonly unknown[], check?: (touched: number) => void): void {
    this.#waiting.push({ text: inlined(text, values), check });
  }

  /** All of them, in order; none is left. */
  take(): readonly LateStatement[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}

/** What comes before the next statement in the same message. */
export function prefix(statements: readonly LateStatement[]): string {
  return statements.map((one) => `${one.text};\n`).join("");
}
