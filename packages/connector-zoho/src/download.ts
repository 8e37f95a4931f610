import { type Call, VendorError } from "@fieldwright/connector-kit";
import type { DoorParts, Doors } from "./doors.js";

/** A file of the API's, in one try. The kit's client reads every body as text, which a zip does not survive. */
export async function download(
  { signIn, credits }: DoorParts,
  doors: Doors,
  { path, call }: { path: string; call: Call },
): Promise<Uint8Array> {
  const url = new URL(path, await doors.address(call));
  const headers: Record<string, string> = {};
  await signIn.apply(headers, call);
  await credits.budget.take(call);
  try {
    const answer = await fetch(url, { headers, signal: call.signal, redirect: "error" });
    const body = new Uint8Array(await answer.arrayBuffer());
    credits.budget.learn(Object.fromEntries(answer.headers), answer.status);
    if (answer.ok) return body;
    throw new VendorError(`Zoho did not hand out the bulk result (${answer.status}).`, {
      code: `http/${answer.status}`,
      next: answer.status === 429 || answer.status >= 500 ? "retry" : "stop-stream",
      hint: "Zoho hands out ten results a minute; the run goes on with this one.",
    });
  } catch (cause) {
    if (cause instanceof VendorError) throw cause;
    credits.budget.learn({}, 0);
    call.signal.throwIfAborted();
    throw new VendorError("The connection broke while a bulk result came.", { code: "http/cut", next: "retry", cause });
  }
}
