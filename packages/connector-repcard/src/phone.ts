import { refuse } from "./refuse.js";

/** RepCard takes phone numbers of users and of an appointment's customer in two parts, and shows them in one. */
export function phoneParts(phone: string, countryCode: string): { readonly countryCode: string; readonly phoneNumber: string } {
  const bare = phone.replace(/[\s().-]/g, "");
  if (!bare.startsWith("+")) return { countryCode, phoneNumber: bare };
  if (bare.startsWith(countryCode)) return { countryCode, phoneNumber: bare.slice(countryCode.length) };
  throw refuse(`The phone number does not begin with ${countryCode}, and RepCard wants it in two parts.`, {
    field: "phoneNumber",
    hint: "Give `countryCode` beside it.",
  });
}
