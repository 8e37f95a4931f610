import { VendorError } from "@fieldwright/connector-kit";

const system: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ["is not there", "Check `folder` and `file` in the connection's options."],
  ENOTDIR: ["is not there", "Check `folder` and `file` in the connection's options."],
  EACCES: ["may not be opened by this user", "Give the user that runs Fieldwright the right to it."],
  EPERM: ["may not be opened by this user", "Give the user that runs Fieldwright the right to it."],
  EISDIR: ["is a folder", "Name a file in it."],
  EBUSY: ["is in use by another program", "Close it there and run again."],
  ENOSPC: ["cannot be written: the disk is full", "Make room and run again; the old file is untouched."],
  EROFS: ["cannot be written: the disk is read-only", "Write to another folder."],
};

/** What went wrong with a file; further reading of its stream makes no sense. */
export function fileError(code: string, message: string, hint: string): VendorError {
  return new VendorError(message, { code: `file/${code}`, next: "stop-stream", hint });
}

/** `error` itself where it is one of ours or the abort of a call, else in words what the operating system says. */
export function asFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof VendorError || error.name === "AbortError") return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const [what, hint] = (code === undefined ? undefined : system[code]) ?? [`cannot be read: ${error.message}`, "Check the file."];
  return new VendorError(`${path} ${what}.`, { code: `file/${code ?? "failed"}`, next: "stop-stream", hint, cause: error });
}

/** Failures of the file system in `work` come out as vendor errors. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFileError(path, error);
  }
}
