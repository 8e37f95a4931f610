import { transformVersion } from "../mapping/own-transforms.js";
import type { Transform } from "../mapping/transform.js";
import { signaturesOf, type TransformSignature, transformSignatures } from "../mapping/transforms.js";

/** The steps that `do` may name, with what they take and give. */
export type TransformTable = Readonly<Record<string, TransformSignature>>;

export const builtInTransforms: TransformTable = transformSignatures;

/** Steps as a caller gives them: an app's own (`defineTransform`), which stand beside the built-in ones, or a whole table. */
export type GivenTransforms = TransformTable | readonly Transform[];

export function transformTable(given: GivenTransforms | undefined): TransformTable {
  if (given === undefined) return builtInTransforms;
  // A built-in name keeps its meaning, as it does when the spec is carried out.
  return isList(given) ? { ...ownSignatures(given), ...builtInTransforms } : given;
}

function ownSignatures(own: readonly Transform[]): TransformTable {
  const signatures = signaturesOf(own);
  return Object.fromEntries(
    own.flatMap((one) => {
      const signature = signatures[one.name];
      return signature === undefined ? [] : [[one.name, { ...signature, version: transformVersion(one) }]];
    }),
  );
}

function isList(given: GivenTransforms): given is readonly Transform[] {
  return Array.isArray(given);
}

/** Whether it cannot stand as a bare word. */
export function needsArgument(signature: TransformSignature): boolean {
  return signature.argument !== undefined && !signature.argument.safeParse(undefined).success;
}
