const grouped = new Intl.NumberFormat("en-US");

/** 12345 as "12,345". */
export function count(value: number): string {
  return grouped.format(value);
}

/** "0.4 s", "42 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** "3 records", "1 record". */
export function some(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A value on one line: text as it is, the rest as JSON, long ones cut. */
export function shown(value: unknown, longest = 60): string {
  if (value === null || value === undefined || value === "") return "(blank)";
  const text = plainLine(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Text of a record on one line, without the control characters that would steer a terminal or turn the reading direction. */
export function plainLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** "2025-01-13T13:35:13.000Z" as "2025-01-13 13:35:13". */
export function moment(iso: string | null): string {
  return iso === null ? "-" : iso.slice(0, 19).replace("T", " ");
}
