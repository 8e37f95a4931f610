const form = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?$/;

/** A time of day as HH:MM:SS, with the fraction of a second if there is one; `undefined` when it is none. */
export function timeText(text: string): string | undefined {
  const parts = form.exec(text.trim());
  if (parts === null) return undefined;
  const fraction = (parts[4] ?? "").slice(0, 6).replace(/0+$/, "");
  return `${parts[1]}:${parts[2]}:${parts[3] ?? "00"}${fraction === "" ? "" : `.${fraction}`}`;
}
