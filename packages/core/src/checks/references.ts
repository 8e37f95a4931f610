import type { Stream } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { canonical, isBlank } from "../mapping/index.js";
import type { Check } from "../spec/model.js";
import { pairs } from "./blank-and-every.js";
import { CannotBeAsked, type Checking, recordsByKey } from "./checking.js";
import { blankInSql, type LinkedPage, type Watch } from "./linked-pass.js";
import { Found, failed, passed } from "./result.js";
import { askedOf, lookedAt, nameOf, shown, some } from "./words.js";

type References = Check & { readonly is: "references" };

/** A field that is blank or holds the key of a record of another stream. */
export function watchReferences(c: Checking, check: References): Watch {
  const asked = askedOf(check, c.sync.spec.to.stream);
  const name = `${check.connection}.${check.stream}`;
  const there = c.streams.get(name);
  const found = new Found();
  return {
    asked,
    found,
    ...sqlOf(c, check, there),
    see: async (page) => {
      if (!there) throw new CannotBeAsked(`there is no stream ${name}.`);
      await seeReferences(c, page, { field: check.field, there, found });
    },
    end: (looked) =>
      found.count === 0
        ? passed(asked, `Looked at ${lookedAt(looked)}: ${check.field} leads to a record of ${check.stream} wherever it is not blank.`, {
            looked,
          })
        : failed(
            asked,
            `${some(found.count, "record points", "records point")} to nothing in ${check.stream}, of ${lookedAt(looked)} looked at.`,
            found,
            {
              looked,
              advice: `Bring the missing records of ${check.stream} first, or let the field wait for them with \`ref\`.`,
            },
          ),
  };
}

async function seeReferences(c: Checking, page: LinkedPage, of: { field: string; there: Stream; found: Found }): Promise<void> {
  const { field, there, found } = of;
  const comparable = canonical(there.fields[there.key] ?? { type: "text" });
  const pointers = [...pairs(page)].flatMap(({ link, record }) =>
    [record[field]].flat().flatMap((value: unknown) => (isBlank(value) ? [] : [{ link, record, value, key: comparable(value) ?? "" }])),
  );
  const ids = [...new Set(pointers.map((one) => String(one.value)))];
  const known = new Set([...(await recordsByKey({ stream: there, key: there.key, ids, call: c.call })).keys()].map(comparable));
  for (const { link, record, value, key } of pointers)
    if (!known.has(key))
      found.add(() => ({
        sourceId: link.sourceId,
        targetId: link.targetId,
        name: nameOf(record),
        says: `${field} is ${shown(String(value))}, which is not there`,
      }));
}

/** In one database, where both columns are of one type. */
function sqlOf(c: Checking, check: References, there: Stream | undefined): Pick<Watch, "sql"> {
  const own = c.sync.target.stream.fields[check.field];
  const key = there?.sql?.key;
  const sameType = own !== undefined && own.type !== "list" && own.type === there?.fields[there.key]?.type;
  if (!key || !sameType || check.connection !== c.sync.spec.to.connection) return {};
  const column = quoteName(check.field);
  return {
    sql: {
      suspects: `count(*) filter (where not ${blankInSql(column, own.type)} and not exists (select from ${there?.sql?.table} r where r.${key.column} = t.${column}))`,
    },
  };
}
