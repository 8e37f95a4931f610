import { describeFile, type FileDescription } from "./describe-file.js";
import { fileError } from "./file-error.js";
import { findFiles } from "./find-files.js";
import { boundStreams } from "./open.js";
import { optionsSchema } from "./options.js";

/**
 * How the newest file of a stream is understood, before anything is read from it: for a person to confirm, and `saveLayout` to keep.
 * @returns `undefined` where there is no file, or no row in it.
 * @throws VendorError where the file cannot be read.
 */
export async function describe(options: unknown, stream: string, signal: AbortSignal): Promise<FileDescription | undefined> {
  const quiet = { now: () => new Date(), notice: () => undefined };
  const bound = (await boundStreams(optionsSchema.parse(options), quiet)).find((one) => one.name === stream);
  if (!bound) throw fileError("no-stream", `The options name no stream "${stream}".`, "Give it under `streams`.");
  const [newest] = await findFiles(bound.folder, bound.options);
  return newest && describeFile(newest, bound, signal);
}
