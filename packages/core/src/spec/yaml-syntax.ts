import type { YAMLError } from "yaml";
import type { Finding } from "./source-text.js";

interface Explained {
  readonly message: string;
  readonly hint: string;
}

/** The parser's messages speak of its grammar; these speak of the file. */
const explained: Partial<Record<YAMLError["code"], Explained>> = {
  TAB_AS_INDENT: {
    message: "A tab stands at the start of the line; YAML takes only blanks there.",
    hint: "Replace the tab by two blanks for each level.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "This line holds a second `: `, so that it is not clear what is the key and what its value.",
    hint: "Put text that holds `: ` in quotes; or start a new line.",
  },
  BAD_SCALAR_START: { message: "Text must not start with this character.", hint: "Put the text in quotes." },
  MULTIPLE_DOCS: { message: "A second document starts here; a file holds one.", hint: "Make one file for each, or take the `---` away." },
  BAD_INDENT: {
    message: "This line is indented differently from the lines it belongs to.",
    hint: "Start the keys of one map in the same column.",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "The `:` after a key is missing, or the line is indented as if it went on with the line before.",
    hint: "Write `key: value`, each key on its own line.",
  },
  BAD_DQ_ESCAPE: {
    message: "After a backslash in double quotes only certain letters may follow.",
    hint: "Write `\\\\` for a backslash, or use single quotes.",
  },
};

/** What helps an expression that YAML takes for something of its own. */
export const afterBar = "Put it after `|`, on a line of its own: `expr: |`, then the expression indented below.";

export function syntaxFinding(area: "spec" | "project", text: string, error: YAMLError): Finding {
  const known = ofExpression(text, error) ??
    inFlow(error) ??
    explained[error.code] ??
    missing(error) ?? {
      message: `This is not valid YAML: ${error.message}.`,
      hint: "Check brackets, quotes and indentation here and in the line before.",
    };
  const start = Math.min(error.pos[0], Math.max(0, text.trimEnd().length - 1));
  return { code: `${area}/yaml`, path: [], span: [start, Math.max(start + 1, Math.min(error.pos[1], text.length))], ...known };
}

/** `!closed`, `"vip" in tags`, `["A"].exists(…)` and `a ? 1 : 2` start or hold something that is YAML's. */
function ofExpression(text: string, error: YAMLError): Explained | undefined {
  const line = text.slice(text.lastIndexOf("\n", error.pos[0] - 1) + 1).split("\n", 1)[0] ?? "";
  if (!/(^|[\s{,-])expr:\s+[^|>\s]/.test(line)) return undefined;
  return { message: "YAML reads a part of this expression as something of its own.", hint: afterBar };
}

function missing(error: YAMLError): Explained | undefined {
  if (error.code !== "MISSING_CHAR") return undefined;
  if (error.message.startsWith("Implicit map keys"))
    return { message: "The `:` after a key is missing.", hint: "Write `key: value`, each key on its own line." };
  if (error.message.includes("quote"))
    return { message: "The quote that closes this text is missing.", hint: "Add it at the end of the text." };
  if (error.message.includes("to end with"))
    return {
      message: "The bracket or brace that closes this is missing, or the lines within it start too far left.",
      hint: "Add `]` or `}`.",
    };
  return {
    message: "A blank, comma or line break is missing here.",
    hint: "Write a blank after `:` and `-`, and commas between the parts in `{ }` and `[ ]`.",
  };
}

/** An unclosed bracket is reported as bad indentation of what follows. */
function inFlow(error: YAMLError): Explained | undefined {
  if (error.code !== "BAD_INDENT" || !error.message.startsWith("Flow")) return undefined;
  return {
    message: "The bracket or brace that closes this is missing, or the lines within it start too far left.",
    hint: "Add `]` or `}`.",
  };
}
