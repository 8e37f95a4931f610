import type { Call, CheckItem, VendorError } from "@fieldwright/connector-kit";
import type { BoundStream } from "./bound-stream.js";
import { type DescribedColumn, describeFile, type FileDescription } from "./describe-file.js";
import { asFileError } from "./file-error.js";
import { targetFiles } from "./find-files.js";

/** What is found, and how it is understood: nothing that is guessed is guessed in silence. */
export async function checkStreams(bound: readonly BoundStream[], call: Call): Promise<readonly CheckItem[]> {
  const items: CheckItem[] = [];
  for (const stream of bound) items.push(await checkStream(stream, call));
  return items;
}

async function checkStream(bound: BoundStream, call: Call): Promise<CheckItem> {
  const what = `stream ${bound.name}`;
  try {
    const files = await targetFiles(bound);
    const [newest] = files;
    if (!newest) return { what, ok: true, says: `No file is called ${bound.options.file} yet.` };
    const description = await describeFile(newest, bound, call.signal);
    const others = files.length > 1 ? ` (the newest of ${files.length} files)` : "";
    return { what, ok: true, says: description ? `${saying(description, bound)}${others}` : `${newest.name} is empty.` };
  } catch (error) {
    return failed(what, error);
  }
}

export function failed(what: string, error: unknown): CheckItem {
  const known = asFileError(what, error) as Partial<VendorError>;
  return { what, ok: false, says: [known.message ?? String(error), known.hint].filter(Boolean).join(" ") };
}

function saying(description: FileDescription, { key }: BoundStream): string {
  const { file, written, headerRow, fingerprint, columns, remarks, possibleKeys } = description;
  const guesses = columns
    .filter((column) => column.by === "guess")
    .map((column) => `"${column.title}" is ${column.field} (guessed: it ${column.why})`);
  const types = columns.filter(worthSaying).map((column) => `${column.field} looks like ${typeText(column)} (${column.looksLike.why})`);
  const keys = possibleKeys.slice(0, 3).join(", ") || "none";
  return [
    `${file}: ${written}; titles in row ${headerRow}, header ${fingerprint}`,
    ...remarks,
    ...guesses,
    ...types,
    ...(key.kind === "digest" ? [`no \`key\` is set, so a changed row counts as a new record; different in each row: ${keys}`] : []),
  ].join("; ");
}

/** A type that was said needs no guess. */
function worthSaying(column: DescribedColumn): boolean {
  return column.reader.field.type === "text" && column.looksLike.type !== "text";
}

function typeText({ looksLike: { type } }: DescribedColumn): string {
  return typeof type === "string" ? type : type.type;
}
