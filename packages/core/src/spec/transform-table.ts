import { type TransformSignature, transformSignatures } from "../mapping/transforms.js";

/** The steps that `do` may name, with what they take and give. */
export type TransformTable = Readonly<Record<string, TransformSignature>>;

export const builtInTransforms: TransformTable = transformSignatures;

/** Whether it cannot stand as a bare word. */
export function needsArgument(signature: TransformSignature): boolean {
  return signature.argument !== undefined && !signature.argument.safeParse(undefined).success;
}
