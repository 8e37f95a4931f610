import { z } from "zod";

const fieldType = z.enum(["text", "integer", "number", "decimal", "boolean", "date", "datetime", "time"]);

export const columnTypeSchema = z.union([
  fieldType,
  z.strictObject({
    type: fieldType,
    format: z.string().min(1).optional().describe("How dates and times are written, e.g. dd.MM.yyyy or M/d/yyyy h:mm a."),
    decimalSign: z.enum([".", ","]).optional().describe("What stands before the decimals; the other sign may group thousands."),
  }),
]);

const streamObject = z.strictObject({
  file: z.string().min(1).describe("A file, a pattern such as orders-*.csv, or a folder; relative to `folder`."),
  key: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe("The field or fields that name a record. Without it a record is known by a digest of its row."),
  sheet: z
    .union([z.string().min(1), z.int().positive()])
    .optional()
    .describe("Name or number of the sheet; the first visible one without it."),
  headerRow: z.int().positive().optional().describe("The row with the column titles; guessed among the first ten without it."),
  columns: z.record(z.string(), z.string().min(1)).optional().describe("Column title -> field name; other columns keep their titles."),
  expects: z
    .array(z.string().min(1))
    .optional()
    .describe("Field names that somebody waits for: columns are matched to them by their titles."),
  types: z
    .record(z.string(), columnTypeSchema)
    .default({})
    .describe("Field -> type. Fields without one are text, as it stands in the file."),
  delimiter: z.string().min(1).optional().describe("What separates cells; found out without it."),
  encoding: z.string().min(1).optional().describe("utf-8, utf-16le, windows-1252 and the like; found out without it."),
  decimalSign: z.enum([".", ","]).default(".").describe("For all columns of this stream that do not say their own."),
  dateFormat: z.string().min(1).optional().describe("For all date columns of this stream that do not say their own."),
  trim: z.boolean().default(false).describe("Takes spaces around values off."),
  mayEndOpen: z.boolean().default(false).describe("The file's last line never has a line end, so its absence is no sign of a cut."),
  order: z
    .enum(["name", "modified"])
    .default("name")
    .describe("Which of several files is the newest: where two hold a key, the newest wins."),
  skipUnchanged: z.boolean().default(false).describe("Incremental reads leave out files that have not changed since the last one."),
  write: z.enum(["none", "rewrite", "append"]).default("none").describe("Whether the file may be written, and how."),
});

const stream = streamObject.superRefine((given, context) => {
  const wrong = given.write === "none" ? undefined : whyNotWritten(given);
  if (wrong !== undefined) context.addIssue({ code: "custom", path: ["write"], message: wrong });
});

function whyNotWritten({
  key,
  file,
}: {
  readonly key?: string | readonly string[] | undefined;
  readonly file: string;
}): string | undefined {
  if (typeof key !== "string" && key?.length !== 1) return "A file that is written needs one field as its `key`.";
  return /[*?]|[\\/]$/.test(file) ? "A pattern or folder cannot be written: name one file." : undefined;
}

const mib = 1024 * 1024;

export const limitsSchema = z.strictObject({
  maxBytes: z
    .int()
    .positive()
    .default(2048 * mib)
    .describe("Of a file on disk."),
  maxUnpackedBytes: z
    .int()
    .positive()
    .default(2048 * mib)
    .describe("Of an Excel file's sheet, unpacked."),
  maxTextBytes: z
    .int()
    .positive()
    .default(256 * mib)
    .describe("Of an Excel file's table of texts, which is held in memory."),
  maxRowBytes: z
    .int()
    .positive()
    .default(16 * mib)
    .describe("Of one row: guards against a line without end."),
  maxRows: z.int().positive().default(10_000_000).describe("Of one file."),
  maxColumns: z.int().positive().default(2000).describe("Of one file."),
  maxProblems: z.int().positive().default(1000).describe("Rows of one read that cannot be records before the read is given up."),
});

export const optionsSchema = z
  .strictObject({
    folder: z
      .string()
      .min(1)
      .default(".")
      .describe("Where the files are, seen from the folder of fieldwright.yaml; by itself, each file in it is a stream."),
    streams: z.record(z.string().min(1), stream).optional().describe("Stream name -> where its rows are and how they are read."),
    layouts: z.string().min(1).optional().describe("A JSON file of saved layouts: what each kind of header means."),
    quietSeconds: z
      .number()
      .min(0)
      .default(10)
      .describe("A file changed more recently may still be being written: nothing is taken for gone."),
    limits: limitsSchema.prefault({}),
  })
  .describe("CSV, TSV and Excel files.");

export type FileOptions = z.infer<typeof optionsSchema>;
export type StreamOptions = z.infer<typeof stream>;
export type Limits = z.infer<typeof limitsSchema>;
export type ColumnType = z.infer<typeof columnTypeSchema>;

/** The options of a stream that says nothing but its file. */
export function plainStream(file: string): StreamOptions {
  return stream.parse({ file });
}
