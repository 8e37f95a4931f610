import type { Stream } from "@fieldwright/connector-kit";
import type { Problem } from "../problem.js";
import type { Spec, StreamName } from "./model.js";
import { nearest } from "./nearest.js";
import { type Finding, type PartPath, problemAt } from "./source-text.js";
import type { TransformTable } from "./transform-table.js";

/** Streams by connection; `undefined` for a connection that exists, but could not say what it holds. */
export type Schemas = Readonly<Record<string, readonly Stream[] | undefined>>;

/** One spec under check, with all that it may name. */
export class SpecCheck {
  readonly problems: Problem[] = [];

  constructor(
    readonly spec: Spec,
    readonly specs: readonly Spec[],
    readonly schemas: Schemas,
    readonly transforms: TransformTable,
  ) {}

  add(finding: Finding): void {
    const source = this.spec.source ?? {};
    this.problems.push(problemAt(this.spec.file === undefined ? source : { ...source, file: this.spec.file }, finding));
  }

  /** The stream, or `undefined` when it is not known; silent, for it is reported where it is named. */
  stream(name: StreamName): Stream | undefined {
    return this.schemas[name.connection]?.find((each) => each.name === name.stream);
  }

  /** The stream that a part of the spec names; reports a name that leads nowhere. */
  named(name: StreamName, at: { readonly connection: PartPath; readonly stream: PartPath }): Stream | undefined {
    if (!Object.hasOwn(this.schemas, name.connection)) {
      const known = Object.keys(this.schemas);
      const near = nearest(name.connection, known);
      const hint = near === undefined ? `Connections: ${known.join(", ")}.` : `Did you mean \`${near}\`?`;
      this.add({
        code: "spec/unknown-connection",
        path: at.connection,
        message: `The project has no connection \`${name.connection}\`.`,
        hint,
      });
      return undefined;
    }
    const streams = this.schemas[name.connection];
    const stream = this.stream(name);
    if (streams === undefined || stream !== undefined) return stream;
    const near = nearest(
      name.stream,
      streams.map((each) => each.name),
    );
    const hint =
      near === undefined
        ? some(
            "Streams",
            streams.map((each) => each.name),
          )
        : `Did you mean \`${near}\`?`;
    const create = at.stream[0] === "to" ? " If it is a table that is still to be made: `fieldwright migrate` shows and makes it." : "";
    this.add({
      code: "spec/unknown-stream",
      path: at.stream,
      message: `${name.connection} has no stream \`${name.stream}\`.`,
      hint: hint + create,
    });
    return undefined;
  }
}

/** A list for a hint; long ones are cut. */
export function some(what: string, names: readonly string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length === 0
    ? `There are no ${what.toLowerCase()}.`
    : `${what}: ${shown}${names.length > 20 ? `, and ${names.length - 20} more` : ""}.`;
}
