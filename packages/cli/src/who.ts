import { userInfo } from "node:os";

/** Who is asking, for the trail: as told, else the name that the system knows the user by. */
export function who(given: string | undefined): string {
  if (given !== undefined && given.trim() !== "") return given.trim();
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no user has.
    return process.env.USER ?? "unnamed";
  }
}
