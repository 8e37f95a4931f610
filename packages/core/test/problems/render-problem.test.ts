import { describe, expect, it } from "vitest";
import { renderProblem } from "../../src/problem-render.js";
import { problemAt } from "../../src/spec/source-text.js";

const problem = problemAt(
  { file: "syncs/contacts.yaml", text: "version: 1\nsync: x\nmacth: email\n", positions: { macth: { key: [19, 24], value: [26, 31] } } },
  { code: "spec/unknown-key", path: ["macth"], on: "key", message: "`macth` is not a word of a spec.", hint: "Did you mean `match`?" },
);

describe("renderProblem", () => {
  it("shows place, what is wrong, the marked line and what to do", () => {
    expect(renderProblem(problem)).toBe(
      "syncs/contacts.yaml:3:1 error spec/unknown-key: `macth` is not a word of a spec.\n3 | macth: email\n    ^^^^^\nhint: Did you mean `match`?",
    );
  });

  it("paints on request only, and nothing but the same text", () => {
    const painted = renderProblem(problem, { colours: true });
    expect(painted).toContain("\u001b[31merror\u001b[0m");
    expect(
      painted
        .split("\u001b[")
        .map((part, index) => (index === 0 ? part : part.slice(part.indexOf("m") + 1)))
        .join(""),
    ).toBe(renderProblem(problem));
  });

  it("shows the part where there is no line", () => {
    expect(renderProblem({ code: "spec/bad-value", severity: "warning", message: "No.", path: "fields.a" })).toBe(
      "fields.a warning spec/bad-value: No.",
    );
  });

  it("cuts a very long line around its mark, keeps tabs in place and lets no control character through", () => {
    const long = `a: ${"x".repeat(5_000)}!`;
    const cut = problemAt({ text: long }, { code: "spec/yaml", path: [], span: [5_003, 5_004], message: "" }).excerpt ?? "";
    const [line, carets] = cut.split("\n");
    expect(line?.length).toBeLessThan(200);
    expect(line?.[carets?.indexOf("^") ?? -1]).toBe("!");
    expect(problemAt({ text: "\ta: \u001b[31m b" }, { code: "spec/yaml", path: [], span: [1, 2], message: "" }).excerpt).toBe(
      "1 | \ta: ·[31m b\n    \t^",
    );
  });
});
