import { readFileSync } from "node:fs";
import { fromMarkdown } from "mdast-util-from-markdown";
import { describe, expect, it } from "vitest";
import { openEditor } from "./editor.js";
import { overlay } from "./overlay.js";

const editor = openEditor();
const page = readFileSync(new URL("../../../../docs/spec.md", import.meta.url), "utf8");
const blocks = fromMarkdown(page).children.flatMap((node) => (node.type === "code" && node.lang === "yaml" ? [node.value] : []));
const [whole = "", ...parts] = blocks;

describe("the shipped schema in an editor", () => {
  it("completes the words that belong to the place, and no others", async () => {
    expect(await editor.complete("version: 1\n¦")).toEqual(
      expect.arrayContaining(["sync", "from", "to", "match", "create_if", "protect", "stages", "ask_first_if", "checks", "alert", "tests"]),
    );
    expect(await editor.complete("protect:\n  ¦")).toEqual([
      "never_write",
      "set_once",
      "only_if_blank",
      "keep_human_edits",
      "when_source_blank",
    ]);
    expect(await editor.complete("stages:\n  pipelines:\n    sales:\n      ¦")).toEqual(
      expect.arrayContaining(["forward_only", "side_stages", "protected", "may_come_from", "may_start_here"]),
    );
    expect(await editor.complete("stages:\n  last_match_wins:\n    - ¦")).toEqual(expect.arrayContaining(["to", "when", "and_set"]));
    expect(await editor.complete("ask_first_if:\n  ¦")).toEqual(
      expect.arrayContaining(["more_changes_than", "first_run", "source_is_empty"]),
    );
    expect(await editor.complete("checks:\n  - ¦")).toEqual(expect.arrayContaining(["unique", "count_close", "severity"]));
    expect(await editor.complete("fields:\n  name:\n    ¦")).toEqual(expect.arrayContaining(["from", "join", "do", "add_to_list"]));
    expect(await editor.complete("create_if:\n  ¦")).toEqual(expect.arrayContaining(["otherwise", "expr", "all", "not"]));
  });

  it("completes the values of a choice and the names of steps", async () => {
    expect(await editor.complete("protect:\n  when_source_blank: ¦")).toEqual(expect.arrayContaining(["keep", "clear"]));
    expect(await editor.complete("conflicts:\n  otherwise: ¦")).toEqual(expect.arrayContaining(["hold", "ours", "theirs", "newest"]));
    expect(await editor.complete("fields:\n  name:\n    from: name\n    do:\n      - ¦")).toEqual(
      expect.arrayContaining(["trim", "lower", "truncate"]),
    );
    expect(await editor.complete("ask_first_if: ¦")).toEqual(expect.arrayContaining(["always", "never"]));
  });

  it("explains each word in the sentence that the messages use", async () => {
    expect(await editor.hover("from:\n  connection: crm\n  only: { ty¦pe: 1 }\n")).toContain("Text compares without case and outer blanks");
    expect(await editor.hover("protect:\n  keep_hum¦an_edits: [title]\n")).toContain("belong to a person as soon as a person changed them");
    expect(await editor.hover("stag¦es:\n  stage_field: stage\n")).toContain("never moves it backwards");
    expect(await editor.hover("stages:\n  pipelines:\n    sales:\n      forw¦ard_only: [a]\n")).toContain("A record only moves on");
    expect(await editor.hover("ask_first_if:\n  more_chang¦es_than: 5\n")).toContain("25 % of the linked records");
    expect(await editor.hover("direct¦ion: both\n")).toContain("changes of the target flow back");
  });

  it("marks a word that the language does not have, a missing one and a wrong value, on their lines", async () => {
    const found = await editor.problems(
      "version: 1\nsync: jobs\nfrom: { connection: crm, stream: jobs }\nprotect: { nevr_write: [a] }\nconflicts: { otherwise: mine }\nfields: { id: id }\nstages:\n  stage_feld: x\n",
    );
    expect(found.map((each) => each.slice(0, each.indexOf(":")))).toEqual(expect.arrayContaining(["1", "4", "5", "7", "8"]));
    expect(found.join("\n")).toMatch(/nevr_write[\s\S]*/);
    expect(found.some((each) => /^1: Missing property "to"/.test(each))).toBe(true);
  });

  it("takes a number for a key, as the validator does", async () => {
    expect(
      await editor.problems(`${whole}\n`.replace("  id: id\n", "  id: id\n  kind: { from: type, map: { 1: private, true: x } }\n")),
    ).toEqual([]);
  });

  it("finds nothing wrong with what the validator takes: every example of docs/spec.md", async () => {
    for (const part of parts) {
      const words = /^only:/.test(part) ? `from:\n  connection: a\n  stream: b\n${part.replace(/^/gm, "  ")}` : part;
      const text = overlay(`${whole}\n`, `${words}\n`);
      expect((await editor.problems(text)).map((each) => `${each} ${text.split("\n")[Number.parseInt(each, 10) - 1]}`)).toEqual([]);
    }
  });
});
