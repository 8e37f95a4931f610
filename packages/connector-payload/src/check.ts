import { type Answer, asVendorError, type Call, type CheckItem } from "@fieldwright/connector-kit";
import { accessIn } from "./access.js";
import { type Site, stranger } from "./site.js";

const skewAllowedSeconds = 60;

/** Reach, who we are taken for, what that user may do, and the clock that incremental reads go by. */
export async function check(site: Site, now: () => Date, call: Call): Promise<readonly CheckItem[]> {
  const people: Call = { ...call, priority: "people" };
  const host = new URL(site.options.baseUrl).host;
  let access: Answer;
  try {
    access = await site.strangersGet("/access", people);
    accessIn(access.body);
  } catch (error) {
    return [{ what: "reach", ok: false, says: told(error) }];
  }
  const reach: CheckItem = { what: "reach", ok: true, says: `Payload answers at ${host}.` };
  try {
    if (!(await site.knowsUs(people))) throw stranger(site.options);
    const rights = accessIn((await site.get("/access", people)).body);
    const credentials: CheckItem = { what: "credentials", ok: true, says: whom(site) };
    const wanted = Object.keys(site.options.collections ?? {}).map((slug): CheckItem => {
      const mayRead = rights[slug] !== undefined && rights[slug].read !== "none";
      return { what: slug, ok: mayRead, says: mayRead ? `This user may read ${slug}.` : noRight(slug) };
    });
    return [reach, credentials, ...wanted, clock(access, now())];
  } catch (error) {
    return [reach, { what: "credentials", ok: false, says: told(error) }];
  }
}

function whom({ options }: Site): string {
  return options.identity ? `Payload knows us as one of ${options.authCollection}.` : "The header is sent; whose it is was not asked.";
}

function noRight(slug: string): string {
  return `There is no collection ${slug}, or this user may not read it. Check the slug, and the access rules of the collection.`;
}

function told(error: unknown): string {
  const { message, hint } = asVendorError(error);
  return hint === undefined ? message : `${message} ${hint}`;
}

function clock(answer: Answer, now: Date): CheckItem {
  const theirs = Date.parse(answer.headers.date ?? "");
  if (Number.isNaN(theirs)) return { what: "clock", ok: true, says: "The site does not say its time." };
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  if (Math.abs(seconds) <= skewAllowedSeconds) return { what: "clock", ok: true, says: `Both clocks agree to ${Math.abs(seconds)} s.` };
  const which = seconds > 0 ? "ahead of" : "behind";
  return {
    what: "clock",
    ok: false,
    says: `This machine's clock is ${Math.abs(seconds)} s ${which} the site's. Set it right: incremental reads end at its time.`,
  };
}
