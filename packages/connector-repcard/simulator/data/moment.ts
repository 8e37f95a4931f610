const secondMs = 1000;

/** `2025-01-13T13:35:13.000000Z`: the vendor stores seconds and prints microseconds. */
export function isoText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

/** `2024-05-17 20:45:00`: UTC, though nothing in the text says so. */
export function zonelessText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** Milliseconds of `YYYY-MM-DD HH:mm:ss` taken as UTC; `undefined` where it is not such a text. */
export function parseZoneless(text: unknown): number | undefined {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function wholeSecond(ms: number): number {
  return Math.floor(ms / secondMs) * secondMs;
}
