/** To the second and with an offset, as Zoho takes it; what is below the second is cut off, so that nothing is passed over. */
export function headerMoment(text: string): string {
  return `${new Date(Math.floor(Date.parse(text) / 1000) * 1000).toISOString().slice(0, 19)}+00:00`;
}

/** Zoho tells the same instant with another offset for another user: instants are compared, never texts. */
export function instantOf(value: unknown): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}
