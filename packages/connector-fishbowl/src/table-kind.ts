import type { Field } from "@fieldwright/connector-kit";

/** A table of Fishbowl's database that is read as a stream. */
export interface TableKind {
  readonly name: string;
  readonly table: string;
  readonly about: string;
  /** What is known of its columns for certain; a server's own list comes on top of it. */
  readonly columns: Readonly<Record<string, Field>>;
  /** Only the columns above are read. */
  readonly closed?: boolean;
  /** Field -> expression over `t`, for what another table says. */
  readonly derived?: Readonly<Record<string, { readonly sql: string; readonly field: Field }>>;
  /** Codes in a column -> words, under the name of another field. */
  readonly words?: { readonly from: string; readonly to: string; readonly of: Readonly<Record<number, string>> };
  readonly references?: Readonly<Record<string, string>>;
}

/** "name text 41" a line: name, type and, for texts, the longest length. */
export function columns(lines: string): Readonly<Record<string, Field>> {
  const entries = lines
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.split(" "))
    .map(([name = "", type = "text", length]): [string, Field] => [
      name,
      { type: type as Field["type"], readOnly: true, ...(length === undefined ? {} : { maxLength: Number(length) }) },
    ]);
  return Object.fromEntries(entries);
}

/** The code of a state and the name of a country, by the column that holds their ids. */
export function placeNames(prefix: string): NonNullable<TableKind["derived"]> {
  const field = (name: string) => (prefix === "" ? name.toLowerCase() : `${prefix}${name}`);
  const id = (name: string) => `t.\`${field(name)}Id\``;
  return {
    [field("State")]: { sql: `(SELECT s.code FROM stateconst s WHERE s.id = ${id("State")})`, field: { type: "text", readOnly: true } },
    [field("Country")]: {
      sql: `(SELECT s.name FROM countryconst s WHERE s.id = ${id("Country")})`,
      field: { type: "text", readOnly: true },
    },
  };
}
