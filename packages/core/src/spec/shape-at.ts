import { z } from "zod";
import type { PartPath } from "./source-text.js";

/** The schemas that describe the part at `path`; several where the language offers a choice. */
export function shapesAt(shape: z.ZodType, path: PartPath): z.ZodType[] {
  let shapes = spread(shape);
  for (const part of path) shapes = shapes.flatMap((each) => within(each, part)).flatMap(spread);
  return shapes;
}

/** The words that the map at `path` takes. */
export function wordsAt(shape: z.ZodType, path: PartPath): string[] {
  return shapesAt(shape, path).flatMap((each) => (each instanceof z.ZodObject ? Object.keys(each.shape) : []));
}

/** What the part at `path` means, in a sentence. */
export function meaningAt(shape: z.ZodType, path: PartPath): string | undefined {
  let shapes: z.ZodType[] = [shape];
  for (const part of path) shapes = shapes.flatMap(spread).flatMap((each) => within(each, part));
  return shapes.flatMap((each) => [each, unwrapped(each), ...spread(each)]).find((each) => each.description !== undefined)?.description;
}

function unwrapped(shape: z.ZodType): z.ZodType {
  return shape instanceof z.ZodOptional ? unwrapped(shape.unwrap() as z.ZodType) : shape;
}

/** Where else in the language a word belongs, one level deep: "from" for `overlap`. */
export function homesOf(shape: z.ZodType, word: string): string[] {
  return wordsAt(shape, []).filter((parent) => wordsAt(shape, [parent]).includes(word));
}

function spread(shape: z.ZodType): z.ZodType[] {
  if (shape instanceof z.ZodOptional) return spread(shape.unwrap() as z.ZodType);
  if (shape instanceof z.ZodUnion) return (shape.options as z.ZodType[]).flatMap(spread);
  return [shape];
}

function within(shape: z.ZodType, part: string | number): z.ZodType[] {
  if (shape instanceof z.ZodObject) {
    const member = (shape.shape as Record<string, z.ZodType>)[part];
    return member === undefined ? [] : [member];
  }
  if (shape instanceof z.ZodRecord) return [shape.valueType as z.ZodType];
  if (shape instanceof z.ZodArray) return [shape.element as z.ZodType];
  return [];
}
