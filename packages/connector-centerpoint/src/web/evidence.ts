import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DataRecord } from "@fieldwright/connector-kit";
import { load } from "cheerio";

/**
 * Keeps the page that values were read off, without what only a browser needs. Its name goes by the values, so a page that says the same
 * again is the same evidence.
 * @returns the file's place below the folder.
 */
export async function keepEvidence(
  folder: string,
  page: { readonly stream: string; readonly id: string; readonly html: string; readonly values: DataRecord },
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(page.values)).digest("hex").slice(0, 12);
  const place = `${page.stream}/${page.id.replace(/[^\w-]/g, "_")}-${hash}.html`;
  const path = join(folder, place);
  const html = load(page.html);
  // Tokens of the session stand in these.
  html('script, input[type="hidden"], meta[name*="csrf"]').remove();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, html.html());
  return place;
}
