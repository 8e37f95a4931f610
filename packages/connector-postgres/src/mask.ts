import type { DataRecord } from "@fieldwright/connector-kit";

/** The first two signs of a value: enough to find it, not enough to tell it. */
export function maskedText(text: string): string {
  const signs = [...text.slice(0, 8)];
  return signs.length <= 2 ? "…" : `${signs.slice(0, 2).join("")}…`;
}

/** A message with the record's own values masked. */
export function maskIn(message: string, { record }: { readonly record: DataRecord }): string {
  const texts = Object.values(record)
    .filter((value) => typeof value === "string" || typeof value === "number")
    .map(String)
    .filter((text) => text.length > 3)
    .toSorted((a, b) => b.length - a.length);
  return texts.reduce((masked, text) => masked.replaceAll(text, maskedText(text)), message);
}
