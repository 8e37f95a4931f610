import { describe, expect, it } from "vitest";
import { givenProject, settledArguments } from "../src/arguments.js";

describe("arguments", () => {
  it("does not take the command for the number of --simulate", () => {
    expect(settledArguments(["--simulate", "sync", "--full"])).toEqual(["--simulate=1", "sync", "--full"]);
    expect(settledArguments(["--simulate", "2.5", "sync"])).toEqual(["--simulate=2.5", "sync"]);
    expect(settledArguments(["sync", "--simulate"])).toEqual(["sync", "--simulate=1"]);
    expect(settledArguments(["--simulate=3", "sync", "--", "--simulate"])).toEqual(["--simulate=3", "sync", "--", "--simulate"]);
  });

  it("finds the project wherever it stands, because its groups become options", () => {
    expect(givenProject(["sync", "--project", "a/b"])).toBe("a/b");
    expect(givenProject(["--project=a", "sync"])).toBe("a");
    expect(givenProject(["sync"])).toBeUndefined();
  });
});
