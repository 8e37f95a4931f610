/** What a database answers to a statement that it cannot carry out. */
export class SqlError extends Error {}

export interface Token {
  readonly kind: "name" | "text" | "number" | "sign" | "end";
  readonly text: string;
}

const pattern = /\s*(?:`((?:[^`]|``)*)`|'((?:[^'\\]|\\.|'')*)'|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<=|>=|<>|!=|[(),.*=<>;-]))/gy;

export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  const text = sql.trimEnd();
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new SqlError(`You have an error in your SQL syntax near '${text.slice(at, at + 30)}'`);
    const [, quoted, literal, number, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: "name", text: quoted.replaceAll("``", "`") });
    else if (literal !== undefined) tokens.push({ kind: "text", text: unescaped(literal) });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "name", text: word });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return [...tokens, { kind: "end", text: "" }];
}

function unescaped(literal: string): string {
  return literal.replace(/\\(.)|''/g, (_all, escaped: string | undefined) =>
    escaped === undefined ? "'" : escaped === "0" ? "\0" : escaped,
  );
}
