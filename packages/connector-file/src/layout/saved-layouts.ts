import { readFile } from "node:fs/promises";
import { z } from "zod";
import { fileError, onFile } from "../file-error.js";
import { columnTypeSchema } from "../options.js";
import { replaceFile } from "../write/replace-file.js";

const layoutSchema = z.strictObject({
  titles: z.array(z.string()),
  columns: z.record(z.string(), z.string()),
  types: z.record(z.string(), columnTypeSchema).default({}),
});

const layoutsSchema = z.record(z.string(), layoutSchema);

/** What the columns under one kind of header mean: title -> field, and field -> type. */
export type Layout = z.infer<typeof layoutSchema>;
/** By stream and fingerprint, as `stream:fingerprint`. */
export type Layouts = Readonly<Record<string, Layout>>;

/** What was saved; nothing where nothing was saved yet. */
export async function loadLayouts(path: string | undefined): Promise<Layouts> {
  if (path === undefined) return {};
  const text = await onFile(path, () => readFile(path, "utf8").catch(noneYet));
  const parsed = layoutsSchema.safeParse(text === undefined ? {} : jsonOf(text));
  if (parsed.success) return parsed.data;
  throw fileError(
    "bad-layouts",
    `${path} does not hold saved layouts: ${z.prettifyError(parsed.error)}`,
    "Correct it, or delete it and confirm the columns again.",
  );
}

/** Keeps what a person has confirmed, for every later file with such a header. */
export async function saveLayout(
  path: string,
  saved: { readonly stream: string; readonly fingerprint: string; readonly layout: Layout },
): Promise<void> {
  const layouts = { ...(await loadLayouts(path)), [`${saved.stream}:${saved.fingerprint}`]: layoutSchema.parse(saved.layout) };
  const text = `${JSON.stringify(layouts, null, 2)}\n`;
  await onFile(path, () =>
    replaceFile(path, async (handle) => {
      await handle.writeFile(text);
    }),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function noneYet(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
