import { refuse } from "./refusal.js";

export interface Token {
  readonly kind: "word" | "text" | "number" | "sign";
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

const pattern = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)(?![\w.])|([A-Za-z_$][\w$.]*)|(<=|>=|!=|=|<|>|\(|\)|,))/y;

export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = query.trim();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const column = pattern.lastIndex + 1;
    const found = pattern.exec(text);
    if (found === null) throw syntaxError(column, text.slice(column - 1, column + 20));
    const [, quoted, number, word, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.slice(1, -1).replaceAll("''", "'"), column });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, column });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, column });
    else tokens.push({ kind: "sign", text: sign ?? "", column });
  }
  return tokens;
}

export function syntaxError(column: number, near: string) {
  return refuse("SYNTAX_ERROR", "error occured while parsing the query", { line: 1, column, near });
}
