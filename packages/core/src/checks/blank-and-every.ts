import type { DataRecord } from "@fieldwright/connector-kit";
import { quoteName } from "@fieldwright/connector-kit/sql";
import { compileCondition, isBlank } from "../mapping/index.js";
import type { Check } from "../spec/model.js";
import type { CheckedLink } from "../store/checks.js";
import type { Checking } from "./checking.js";
import { blankInSql, type LinkedPage, type Watch } from "./linked-pass.js";
import { Found, failed, passed } from "./result.js";
import { askedOf, listed, lookedAt, nameOf, number, some } from "./words.js";

/** Each linked target record that is there, with its link. */
export function* pairs({ links, records }: LinkedPage): Generator<{ readonly link: CheckedLink; readonly record: DataRecord }> {
  for (const link of links) {
    const record = records.get(link.targetId);
    if (record) yield { link, record };
  }
}

/** Types whose values are told apart from blanks by their text. */
const plain = new Set(["text", "integer", "number", "decimal", "boolean", "date", "datetime", "time", "uuid"]);

export function watchNotBlank(c: Checking, check: Check & { readonly is: "not_blank" }): Watch {
  const { stream } = c.sync.target;
  const asked = askedOf(check, c.sync.spec.to.stream);
  const found = new Found();
  const sqlWorks = check.fields.every((field) => plain.has(stream.fields[field]?.type ?? "json"));
  return {
    asked,
    found,
    ...(sqlWorks && stream.sql?.key
      ? {
          sql: {
            suspects: `count(*) filter (where t.${stream.sql.key.column} is not null and (${check.fields.map((field) => blankInSql(quoteName(field), stream.fields[field]?.type)).join(" or ")}))`,
          },
        }
      : {}),
    see: (page) => {
      for (const { link, record } of pairs(page)) {
        const blank = check.fields.filter((field) => isBlank(record[field]));
        if (blank.length > 0)
          found.add(() => ({
            sourceId: link.sourceId,
            targetId: link.targetId,
            name: nameOf(record),
            says: `${listed(blank)} ${blank.length === 1 ? "is" : "are"} blank`,
          }));
      }
    },
    end: (looked) =>
      found.count === 0
        ? passed(asked, `Looked at ${lookedAt(looked)}: none is blank.`, { looked })
        : failed(asked, `${some(found.count, "record has a blank", "records have blanks")}, of ${lookedAt(looked)} looked at.`, found, {
            looked,
            advice: `See where the value should come from: \`fieldwright explain ${c.sync.spec.name} ID\`.`,
          }),
  };
}

export function watchEvery(c: Checking, check: Check & { readonly is: "every" }): Watch {
  const asked = askedOf(check, c.sync.spec.to.stream);
  const concerns = compileCondition(check.every);
  const has = compileCondition(check.has);
  const now = c.now();
  const found = new Found();
  let concerned = 0;
  return {
    asked,
    found,
    see: (page) => {
      for (const { link, record } of pairs(page)) {
        if (!concerns(record, now)) continue;
        concerned++;
        if (!has(record, now))
          found.add(() => ({
            sourceId: link.sourceId,
            targetId: link.targetId,
            name: nameOf(record),
            says: "does not have what it should",
          }));
      }
    },
    end: (looked) => {
      const whose = `${some(concerned, "record that it is about", "records that it is about")}`;
      const among = `among ${lookedAt(looked)}`;
      return found.count === 0
        ? passed(asked, `Looked at ${whose}, ${among}: all have it.`, { looked })
        : failed(asked, `${number(found.count)} of ${whose} ${found.count === 1 ? "does" : "do"} not have it, ${among}.`, found, {
            looked,
            advice: "Correct them in the target, or see with `fieldwright explain` why the sync did not.",
          });
    },
  };
}
