import type { Check, CheckQuestion, StreamName } from "./model.js";
import { readCondition } from "./read-condition.js";
import { readLimit } from "./read-limit.js";
import { readPath } from "./read-source.js";
import type { Reading } from "./reading.js";
import type { CheckInput } from "./shape-after.js";
import type { PartPath } from "./source-text.js";

const questions = ["unique", "not_blank", "count_close", "sum_close", "every", "references", "sql"] as const;

export function readChecks(input: readonly CheckInput[], to: StreamName, reading: Reading): Check[] {
  return input.flatMap((each, index) => {
    const path = ["checks", index];
    if (!reading.sound(...path)) return [];
    const question = readQuestion(each, to, { path, reading });
    if (question === undefined) return [];
    return [
      {
        ...question,
        severity: each.severity ?? "fail",
        ...(each.about === undefined ? {} : { about: each.about }),
        ...reading.line(path.join(".")),
      },
    ];
  });
}

interface Here {
  readonly path: PartPath;
  readonly reading: Reading;
}

function readQuestion(input: CheckInput, to: StreamName, here: Here): CheckQuestion | undefined {
  const asked = questions.filter((word) => input[word] !== undefined);
  const [word, second] = asked;
  if (word === undefined || second !== undefined) {
    const message = second === undefined ? "This check asks nothing." : `This check asks two things: \`${asked.join("` and `")}\`.`;
    const hint = second === undefined ? `Questions: ${questions.join(", ")}.` : "Make an entry of each.";
    return wrong(here, second === undefined ? [] : [second], {
      code: second === undefined ? "missing-key" : "contradiction",
      message,
      hint,
    });
  }
  if ((input.has === undefined) === (word === "every")) return lonely(word, here);
  return readAsked(word, input, to, here);
}

function lonely(word: string, here: Here): undefined {
  const message =
    word === "every" ? "`every` names records, but not what each of them has." : "`has` says what each record has, but `every` is missing.";
  const hint = "Example: `{ every: { stage: job-sold }, has: { value: { over: 0 } } }`";
  return wrong(here, [word === "every" ? "every" : "has"], { code: "missing-key", message, hint });
}

function readAsked(word: (typeof questions)[number], input: CheckInput, to: StreamName, here: Here): CheckQuestion | undefined {
  const { path, reading } = here;
  switch (word) {
    case "unique":
    case "not_blank":
      return { is: word, fields: [input[word] ?? []].flat() };
    case "count_close":
      return { is: word, within: within(input.count_close, [...path, word], reading) };
    case "sum_close": {
      const sum = input.sum_close;
      const from = readPath(sum?.from, [...path, word, "from"], reading);
      if (sum === undefined || from === undefined) return undefined;
      return { is: word, from, to: sum.to, within: within(sum.within, [...path, word, "within"], reading) };
    }
    case "every": {
      const every = readCondition(input.every, [...path, "every"], reading);
      const has = readCondition(input.has, [...path, "has"], reading);
      return every === undefined || has === undefined ? undefined : { is: word, every, has };
    }
    case "references":
      return readReference(input.references ?? {}, to, here);
    case "sql":
      return readSql(input.sql ?? "", here);
  }
}

const exact = { count: 0 };

function within(input: string | number | undefined, path: PartPath, reading: Reading) {
  return input === undefined ? exact : (readLimit(input, { path, word: "exact", means: exact }, reading) ?? exact);
}

function readReference(input: Readonly<Record<string, string>>, to: StreamName, here: Here): CheckQuestion | undefined {
  const [entry, ...more] = Object.entries(input);
  if (entry === undefined || more.length > 0) {
    const message = "`references` names one target field and the stream whose key it holds.";
    return wrong(here, ["references"], {
      code: "bad-value",
      message,
      hint: "Example: `{ owner_id: users }`. Make an entry of each field.",
    });
  }
  const [field, name] = entry;
  const dot = name.indexOf(".");
  return dot === -1
    ? { is: "references", field, connection: to.connection, stream: name }
    : { is: "references", field, connection: name.slice(0, dot), stream: name.slice(dot + 1) };
}

function readSql(text: string, here: Here): CheckQuestion | undefined {
  const sql = text.trim().replace(/;$/, "");
  if (/^(select|with)\b/i.test(sql) && !sql.includes(";")) return { is: "sql", sql };
  const message = "`sql` takes one query that starts with `select` or `with`.";
  return wrong(here, ["sql"], { code: "bad-value", message, hint: "Each row that it gives is an issue. Nothing can be changed by it." });
}

function wrong(
  here: Here,
  part: readonly string[],
  said: { readonly code: string; readonly message: string; readonly hint: string },
): undefined {
  const [word] = part;
  const path = [...here.path, ...part];
  const on = word === undefined || word === "references" || word === "sql" ? "value" : "key";
  here.reading.add({ ...said, code: `spec/${said.code}`, path, on });
}
