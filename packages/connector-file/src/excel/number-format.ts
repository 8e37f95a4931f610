/** What a number format makes of a number. */
export type NumberKind = "number" | "digits" | "date" | "datetime" | "time" | "duration";

export interface NumberFormat {
  readonly kind: NumberKind;
  /** Of `digits`: how many there are at least. */
  readonly width: number;
}

const plain: NumberFormat = { kind: "number", width: 0 };

/** The formats that Excel knows by number alone, as far as they are of dates. */
const builtIn: Readonly<Record<number, NumberKind>> = {
  ...Object.fromEntries([14, 15, 16, 17].map((id) => [id, "date"])),
  ...Object.fromEntries([18, 19, 20, 21, 45, 47].map((id) => [id, "time"])),
  22: "datetime",
  46: "duration",
  ...Object.fromEntries([27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map((id) => [id, "date"])),
  ...Object.fromEntries([32, 33].map((id) => [id, "time"])),
};

export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return { kind: builtIn[id] ?? "number", width: 0 };
  // What is quoted, escaped or a colour says nothing of the kind; only the part for positive numbers counts.
  const bare = (code.split(";")[0] ?? "").replace(/"[^"]*"|\\.|_.|\*./g, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  if (/\[(h+|m+|s+)\]/i.test(bare)) return { kind: "duration", width: 0 };
  if (/^0{2,}$/.test(bare)) return { kind: "digits", width: bare.length };
  if (/general/i.test(bare) || !/[ymdhs]/i.test(bare)) return plain;
  const time = /[hs]/i.test(bare);
  if (!time) return { kind: "date", width: 0 };
  return { kind: /[yd]/i.test(bare) ? "datetime" : "time", width: 0 };
}

const dayMs = 86_400_000;

/** The text of a number that a cell shows in this format; `undefined` where it cannot be one. */
export function numberText(raw: string, format: NumberFormat, from1904: boolean): string | undefined {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return undefined;
  switch (format.kind) {
    case "number":
      return decimal(value);
    case "digits":
      return Number.isInteger(value) && value >= 0 ? decimal(value).padStart(format.width, "0") : decimal(value);
    case "duration":
      return clock(Math.round(value * dayMs));
    default:
      return value < 0 || value >= 2_958_466 ? undefined : moment(value, format.kind, from1904);
  }
}

function moment(serial: number, kind: "date" | "datetime" | "time", from1904: boolean): string {
  if (kind === "time" && serial < 1) return clock(Math.round(serial * dayMs));
  // Excel takes 1900 for a leap year, so its days before March 1900 are one too low.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const iso = new Date(Math.round((days - 25_569) * dayMs)).toISOString();
  const whole = Number.isInteger(serial);
  return kind === "date" && whole ? iso.slice(0, 10) : iso.replace(/(\.000)?Z$/, "");
}

function clock(ms: number): string {
  const seconds = Math.trunc(Math.abs(ms) / 1000);
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, "0");
  const rest = Math.abs(ms) % 1000;
  return `${ms < 0 ? "-" : ""}${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}${rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`}`;
}

/** All digits, without an exponent. */
export function decimal(value: number): string {
  const text = String(value);
  const [, sign = "", whole = "", fraction = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return point >= digits.length ? sign + digits.padEnd(point, "0") : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
