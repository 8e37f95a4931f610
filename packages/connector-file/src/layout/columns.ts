import type { Field } from "@fieldwright/connector-kit";
import { fileError } from "../file-error.js";
import { fingerprint, type Header, plainTitle } from "../header.js";
import type { StreamOptions } from "../options.js";
import { type ColumnReader, type ColumnShape, columnReader, columnShape } from "./convert.js";
import { guessColumns } from "./guess-columns.js";
import type { Layouts } from "./saved-layouts.js";

export interface Column {
  readonly at: number;
  readonly title: string;
  readonly field: string;
  readonly shape: ColumnShape;
  readonly reader: ColumnReader;
  /** Where the field's name comes from. */
  readonly by: "options" | "saved" | "guess" | "title";
  /** Of a guess: its reason. */
  readonly why?: string;
}

export interface ColumnSettings {
  readonly stream: string;
  readonly options: StreamOptions;
  readonly layouts: Layouts;
  readonly file: string;
}

/** What each column means: as the options say, else as was saved for such a header, else as it looks, else as it is titled. */
export function columnsOf({ titles }: Header, settings: ColumnSettings): readonly Column[] {
  const { options, layouts, stream, file } = settings;
  const saved = layouts[`${stream}:${fingerprint(titles)}`];
  const fromOptions = matched(titles, options.columns ?? {}, file);
  const fromSaved = matched(titles, saved?.columns ?? {}, file);
  const rest = titles.filter((title) => !fromOptions.has(title) && !fromSaved.has(title));
  const named = new Set([...fromOptions.values(), ...fromSaved.values()]);
  const guesses = guessColumns(
    rest,
    (options.expects ?? []).filter((field) => !named.has(field)),
  );
  const types = { ...saved?.types, ...options.types };
  const columns = titles.map((title, at): Column => {
    const [field, by] = nameOf(title, [
      [fromOptions.get(title), "options"],
      [fromSaved.get(title), "saved"],
      [guesses.get(title)?.field, "guess"],
    ]);
    const why = by === "guess" ? guesses.get(title)?.why : undefined;
    const shape = columnShape(types[field], options);
    return { at, title, field, by, shape, reader: columnReader(shape), ...(why === undefined ? {} : { why }) };
  });
  checkFields(columns, options, file);
  return columns;
}

function nameOf(title: string, names: readonly (readonly [string | undefined, Column["by"]])[]): readonly [string, Column["by"]] {
  for (const [name, by] of names) if (name !== undefined) return [name, by];
  return [title, "title"];
}

/** Titles are compared as people read them; one that is named and not there would quietly mean an empty field. */
function matched(titles: readonly string[], wanted: Readonly<Record<string, string>>, file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [said, field] of Object.entries(wanted)) {
    const title = titles.find((one) => one === said) ?? titles.find((one) => plainTitle(one) === plainTitle(said));
    if (title === undefined)
      throw fileError(
        "no-column",
        `${file} has no column titled "${said}".`,
        `It has: ${titles.join(", ")}. Correct \`columns\`, or export the file with it.`,
      );
    found.set(title, field);
  }
  return found;
}

function checkFields(columns: readonly Column[], options: StreamOptions, file: string): void {
  const fields = columns.map((column) => column.field);
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined)
    throw fileError("two-columns", `${file}: two columns would be the field "${twice}".`, "Give one of them another name under `columns`.");
  const missing = [...keyFields(options), ...Object.keys(options.types)].find((field) => !fields.includes(field));
  if (missing !== undefined)
    throw fileError(
      "no-column",
      `${file} has no column for the field "${missing}".`,
      `It has: ${fields.join(", ")}. Correct \`key\`, \`types\` or \`columns\`.`,
    );
}

export function keyFields({ key }: Pick<StreamOptions, "key">): readonly string[] {
  if (key === undefined) return [];
  return typeof key === "string" ? [key] : key;
}

export function fieldsOf(columns: readonly Column[]): Readonly<Record<string, Field>> {
  return Object.fromEntries(columns.map((column) => [column.field, column.reader.field]));
}
