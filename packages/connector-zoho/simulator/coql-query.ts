import { syntaxError, type Token, tokensOf } from "./coql-tokens.js";
import { refuse } from "./refusal.js";

export type Condition =
  | { readonly is: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly is: "compare"; readonly field: string; readonly sign: string; readonly values: readonly string[] }
  | { readonly is: "null"; readonly field: string; readonly not: boolean };

export interface Query {
  readonly columns: readonly string[];
  readonly module: string;
  readonly where: Condition;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
}

export function parseQuery(text: string): Query {
  const tokens = tokensOf(text);
  let at = 0;
  const here = (): Token | undefined => tokens[at];
  const fail = (): never => {
    throw syntaxError(here()?.column ?? text.length, here()?.text ?? "end");
  };
  const is = (word: string): boolean => here()?.kind !== "text" && here()?.text.toLowerCase() === word;
  const skip = (word: string): boolean => {
    if (!is(word)) return false;
    at += 1;
    return true;
  };
  const need = (word: string): void => {
    if (!skip(word)) fail();
  };
  const take = (...kinds: readonly Token["kind"][]): string => {
    const token = here();
    if (token === undefined || !kinds.includes(token.kind)) return fail();
    at += 1;
    return token.text;
  };
  const list = (one: () => string): string[] => {
    const all = [one()];
    while (skip(",")) all.push(one());
    return all;
  };
  const value = () => take("text", "number", "word");

  const comparison = (): Condition => {
    const field = take("word");
    if (skip("is")) {
      const not = skip("not");
      need("null");
      return { is: "null", field, not };
    }
    if (skip("between")) {
      const low = value();
      need("and");
      return { is: "compare", field, sign: "between", values: [low, value()] };
    }
    const not = skip("not");
    if (skip("in")) {
      need("(");
      const values = list(value);
      need(")");
      if (values.length > 100) throw refuse("LIMIT_EXCEEDED", "limit exceeded", { limit: 100, operator: "in" });
      return { is: "compare", field, sign: not ? "not in" : "in", values };
    }
    if (skip("like")) return { is: "compare", field, sign: not ? "not like" : "like", values: [value()] };
    return { is: "compare", field, sign: take("sign"), values: [value()] };
  };
  const operand = (): Condition => {
    if (!skip("(")) return comparison();
    const inner = condition();
    need(")");
    return inner;
  };
  // Two at a time: a third one needs brackets around the first two.
  const condition = (): Condition => {
    const left = operand();
    if (!is("and") && !is("or")) return left;
    const joint = take("word").toLowerCase() as "and" | "or";
    const both: Condition = { is: joint, left, right: operand() };
    if (is("and") || is("or")) fail();
    return both;
  };

  need("select");
  const columns = list(() => take("word"));
  need("from");
  const module = take("word");
  need("where");
  const where = condition();
  const orderBy = skip("order") ? orders() : [];
  const { limit, offset } = bounds();
  if (here() !== undefined) fail();
  return { columns, module, where, orderBy, limit, offset };

  function orders(): Query["orderBy"] {
    need("by");
    const one = () => {
      const field = take("word");
      const descending = skip("desc");
      if (!descending) skip("asc");
      return { field, descending };
    };
    const all = [one()];
    while (skip(",")) all.push(one());
    return all;
  }

  function bounds(): { limit: number; offset: number } {
    if (!skip("limit")) return { limit: 200, offset: 0 };
    const first = Number(take("number"));
    if (skip(",")) return { offset: first, limit: Number(take("number")) };
    return { limit: first, offset: skip("offset") ? Number(take("number")) : 0 };
  }
}
