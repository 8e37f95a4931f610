import type { Settings } from "../options.js";

const dayMs = 86_400_000;
const opensMs = 8 * 3_600_000;
const openMs = 9 * 3_600_000;

/** When the n-th of `count` records was made: in order, on the server's clock, between eight and five. */
export function madeAt({ history }: Settings, index: number, count: number): number {
  const from = Date.parse(`${history.from}T00:00:00Z`);
  const days = Math.max(1, Math.round((Date.parse(`${history.to}T00:00:00Z`) - from) / dayMs) + 1);
  const place = (index / Math.max(1, count)) * days;
  const day = Math.floor(place);
  const ofDay = Math.floor(((place - day) * openMs) / 60_000) * 60_000;
  return from + day * dayMs + opensMs + ofDay;
}

/** A wall-clock time in milliseconds as the database writes it. */
export function stampOf(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19).replace("T", " ")}.000000`;
}

/** Amounts have nine digits behind the point. */
export function money(amount: number): string {
  return `${amount.toFixed(2)}0000000`;
}
