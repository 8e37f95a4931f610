import type { Problem } from "../problem.js";
import type { Spec } from "../spec/model.js";
import { nearest } from "../spec/nearest.js";
import { type PartPath, problemAt } from "../spec/source-text.js";

/** Names of connections in syncs that the project does not have. Needs no connection to be open. */
export function checkConnections(specs: readonly Spec[], names: readonly string[]): Problem[] {
  return specs.flatMap((spec) =>
    namedIn(spec).flatMap(({ connection, path }) => {
      if (names.includes(connection)) return [];
      const near = nearest(connection, names);
      const hint = near === undefined ? `Connections: ${names.join(", ")}.` : `Did you mean \`${near}\`?`;
      const source = spec.source ?? {};
      return [
        problemAt(spec.file === undefined ? source : { ...source, file: spec.file }, {
          code: "spec/unknown-connection",
          path,
          message: `The project has no connection \`${connection}\`.`,
          hint,
        }),
      ];
    }),
  );
}

function namedIn(spec: Spec): { connection: string; path: PartPath }[] {
  const related = Object.entries(spec.from.with).flatMap(([name, each]) =>
    each.connection === spec.from.connection ? [] : [{ connection: each.connection, path: ["from", "with", name, each.take] }],
  );
  return [
    { connection: spec.from.connection, path: ["from", "connection"] },
    ...related,
    { connection: spec.to.connection, path: ["to", "connection"] },
  ];
}
