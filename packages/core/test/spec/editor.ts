import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Server from "yaml-language-server";

// A CommonJS package that re-exports by loop: its names are not seen by `import`.
const require = createRequire(import.meta.url);
const { getLanguageService } = require("yaml-language-server") as typeof Server;
type Document = Parameters<Server.LanguageService["doHover"]>[0];
const { TextDocument } = createRequire(require.resolve("yaml-language-server"))("vscode-languageserver-textdocument") as {
  TextDocument: { create(uri: string, language: string, version: number, text: string): Document };
};

/** An editor with the shipped schema of sync files, as YAML extensions run it. `¦` in a text is the cursor. */
export function openEditor() {
  const uri = "file:///schema/sync.schema.json";
  const schema = JSON.parse(readFileSync(new URL("../../schema/sync.schema.json", import.meta.url), "utf8")) as object;
  const service = getLanguageService({
    schemaRequestService: async () => {
      throw new Error("The schema needs nothing from elsewhere.");
    },
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  service.configure({ validate: true, hover: true, completion: true, format: false, schemas: [{ uri, fileMatch: ["*.yaml"], schema }] });
  let version = 0;
  const open = (text: string) => TextDocument.create("file:///syncs/jobs.yaml", "yaml", ++version, text);
  const at = (text: string) => {
    const offset = text.indexOf("¦");
    const document = open(text.replace("¦", ""));
    return { document, position: document.positionAt(offset) };
  };
  return {
    complete: async (text: string): Promise<string[]> => {
      const { document, position } = at(text);
      const { items } = await service.doComplete(document, position, false);
      return items.map((item) => item.label);
    },
    hover: async (text: string): Promise<string> => {
      const { document, position } = at(text);
      const hover = await service.doHover(document, position);
      const contents = hover?.contents;
      return typeof contents === "object" && contents !== null && "value" in contents ? contents.value : "";
    },
    problems: async (text: string): Promise<string[]> => {
      const found = await service.doValidation(open(text), false);
      return found.map((each) => `${each.range.start.line + 1}: ${each.message}`);
    },
  };
}
