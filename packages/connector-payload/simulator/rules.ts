import type { Account, Kept } from "./account.js";
import type { CollectionDefinition } from "./collections.js";
import { notAllowed } from "./refusal.js";

const published = { published: { equals: true } };

/** What a rule gives: yes, no, or only the records of a search. */
export function permission({ rule = "user" }: CollectionDefinition, isUser: boolean): boolean | Readonly<Record<string, unknown>> {
  if (rule === "anyone") return true;
  if (rule === "published-to-strangers") return isUser ? true : published;
  return rule === "user" && isUser;
}

/** The search narrowed to what this visitor may see. @throws 403 where that is nothing at all. */
export function narrowed({ definition }: Kept, isUser: boolean, where: unknown): unknown {
  const given = permission(definition, isUser);
  if (given === false) throw notAllowed();
  if (given === true) return where;
  return where === undefined ? given : { and: [given, where] };
}

/** `/api/access`: what is not allowed is left out, and a collection of which nothing is allowed too. */
export function accessOf(account: Account, isUser: boolean): Readonly<Record<string, unknown>> {
  const rights = [...account.collections].flatMap(([slug, { definition }]): (readonly [string, unknown])[] => {
    const given = permission(definition, isUser);
    if (given === false) return [];
    const right = given === true ? true : { permission: true, where: given };
    return [[slug, { fields: true, create: right, read: right, update: right, delete: right }]];
  });
  return { ...(isUser ? { canAccessAdmin: true } : {}), ...(rights.length === 0 ? {} : { collections: Object.fromEntries(rights) }) };
}
