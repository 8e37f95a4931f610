/** A time as the vendor prints it: UTC, up to seven digits of a second, zeros at the end left out. */
export function stamp(ms: number, ticks = 0): string {
  const iso = new Date(ms).toISOString();
  const fraction = `${iso.slice(20, 23)}${String(ticks).padStart(4, "0")}`.replace(/0+$/, "");
  return `${iso.slice(0, 19)}${fraction === "" ? "" : `.${fraction}`}Z`;
}

const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z?)?$/;

/** The same time in a form that sorts as text; `undefined` for what is none. More than seven digits are none. */
export function sortable(text: string): string | undefined {
  const parts = form.exec(text);
  if (parts === null || Number.isNaN(Date.parse(`${parts[1]}T${parts[2] ?? "00:00:00"}Z`))) return undefined;
  return `${parts[1]}T${parts[2] ?? "00:00:00"}.${(parts[3] ?? "").padEnd(7, "0")}`;
}
