import { attempt } from "@fieldwright/connector-kit";

/** Deleting what is gone already is as good as done. */
export async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  const tried = await attempt(work);
  if ("error" in tried && tried.error.code !== "fishbowl/not-found") throw tried.error;
}
