import { SqlError, type Token, tokensOf } from "./tokens.js";
import type { Expression, Select, Source } from "./tree.js";

/** SELECTs with joins, groups and subqueries: as much of MySQL as reports use. */
export function parseSelect(sql: string): Select {
  const reader = createReader(tokensOf(sql));
  const found = select(reader);
  reader.takeSign(";");
  if (reader.next().kind !== "end") throw reader.wrong();
  return found;
}

interface Reader {
  next(): Token;
  take(): Token;
  isWord(word: string): boolean;
  takeWord(word: string): boolean;
  takeSign(sign: string): boolean;
  mustWord(word: string): void;
  mustSign(sign: string): void;
  name(): string;
  wrong(): SqlError;
}

function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  const next = (): Token => tokens[at] ?? { kind: "end", text: "" };
  const wrong = () => new SqlError(`You have an error in your SQL syntax near '${next().text}'`);
  const isWord = (word: string) => next().kind === "name" && next().text.toUpperCase() === word;
  const step = (does: boolean): boolean => {
    if (does) at += 1;
    return does;
  };
  const reader: Reader = {
    next,
    wrong,
    isWord,
    take() {
      const token = next();
      at += 1;
      return token;
    },
    takeWord: (word) => step(isWord(word)),
    takeSign: (sign) => step(next().kind === "sign" && next().text === sign),
    mustWord(word) {
      if (!reader.takeWord(word)) throw wrong();
    },
    mustSign(sign) {
      if (!reader.takeSign(sign)) throw wrong();
    },
    name() {
      if (next().kind !== "name") throw wrong();
      return reader.take().text;
    },
  };
  return reader;
}

function select(reader: Reader): Select {
  reader.mustWord("SELECT");
  const shown: { as: string; of: Expression }[] = [];
  const isAll = reader.takeSign("*");
  if (!isAll)
    do {
      const of = either(reader);
      const as = reader.takeWord("AS") ? reader.name() : of.kind === "column" ? of.name : "expression";
      shown.push({ as, of });
    } while (reader.takeSign(","));
  const from = reader.takeWord("FROM") ? source(reader) : undefined;
  const joins: Select["joins"][number][] = [];
  for (;;) {
    const isLeft = reader.takeWord("LEFT");
    if (!isLeft && !reader.isWord("JOIN")) break;
    reader.mustWord("JOIN");
    const joined = source(reader);
    reader.mustWord("ON");
    joins.push({ isLeft, source: joined, on: either(reader) });
  }
  const where = reader.takeWord("WHERE") ? either(reader) : undefined;
  const group = reader.takeWord("GROUP") ? listAfterBy(reader, () => either(reader)) : [];
  const order = reader.takeWord("ORDER") ? listAfterBy(reader, () => ordering(reader)) : [];
  const limit = reader.takeWord("LIMIT") ? Number(reader.take().text) : undefined;
  return {
    shown: isAll ? "all" : shown,
    joins,
    group,
    order,
    ...(from && { from }),
    ...(where && { where }),
    ...(limit !== undefined && { limit }),
  };
}

function ordering(reader: Reader): Select["order"][number] {
  const of = either(reader);
  const isDown = reader.takeWord("DESC");
  if (!isDown) reader.takeWord("ASC");
  return { of, isDown };
}

function listAfterBy<T>(reader: Reader, one: () => T): readonly T[] {
  reader.mustWord("BY");
  const list: T[] = [];
  do list.push(one());
  while (reader.takeSign(","));
  return list;
}

function source(reader: Reader): Source {
  if (reader.takeSign("(")) {
    const inner = select(reader);
    reader.mustSign(")");
    return { select: inner, alias: reader.name() };
  }
  const first = reader.name();
  const table = reader.takeSign(".") ? `${first}.${reader.name()}` : first;
  const isAlias = reader.next().kind === "name" && !/^(JOIN|LEFT|WHERE|GROUP|ORDER|LIMIT|ON)$/i.test(reader.next().text);
  return { table: table.toLowerCase(), alias: isAlias ? reader.name() : table };
}

function either(reader: Reader): Expression {
  let left = both(reader);
  while (reader.takeWord("OR")) left = { kind: "either", left, right: both(reader) };
  return left;
}

function both(reader: Reader): Expression {
  let left = comparison(reader);
  while (reader.takeWord("AND")) left = { kind: "both", left, right: comparison(reader) };
  return left;
}

function comparison(reader: Reader): Expression {
  const left = simple(reader);
  if (reader.takeWord("IS")) {
    const not = reader.takeWord("NOT");
    reader.mustWord("NULL");
    return { kind: "null", of: left, not };
  }
  if (reader.takeWord("IN")) {
    reader.mustSign("(");
    const values: Expression[] = [];
    do values.push(simple(reader));
    while (reader.takeSign(","));
    reader.mustSign(")");
    return { kind: "in", of: left, values };
  }
  const { kind, text } = reader.next();
  if (kind !== "sign" || !["=", "<", ">", "<=", ">=", "<>", "!="].includes(text)) return left;
  reader.take();
  return { kind: "compare", sign: text, left, right: simple(reader) };
}

function simple(reader: Reader): Expression {
  if (reader.takeSign("(")) {
    const inner: Expression = reader.isWord("SELECT") ? { kind: "select", select: select(reader) } : either(reader);
    reader.mustSign(")");
    return inner;
  }
  if (reader.takeSign("-")) return { kind: "literal", value: -Number(reader.take().text) };
  const token = reader.take();
  if (token.kind === "text") return { kind: "literal", value: token.text };
  if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
  if (token.kind !== "name") throw new SqlError(`You have an error in your SQL syntax near '${token.text}'`);
  if (reader.takeSign(".")) return { kind: "column", table: token.text, name: reader.name() };
  if (!reader.takeSign("("))
    return token.text.toUpperCase() === "NULL" ? { kind: "literal", value: null } : { kind: "column", name: token.text };
  return call(reader, token.text.toUpperCase());
}

function call(reader: Reader, name: string): Expression {
  if (name === "CAST") {
    const of = either(reader);
    reader.mustWord("AS");
    const to = reader.name().toUpperCase();
    reader.mustSign(")");
    return { kind: "cast", of, to };
  }
  const args: Expression[] = [];
  if (reader.takeSign("*")) args.push({ kind: "literal", value: 1 });
  else if (!(reader.next().kind === "sign" && reader.next().text === ")"))
    do args.push(either(reader));
    while (reader.takeSign(","));
  reader.mustSign(")");
  return { kind: "call", name, args };
}
