import { defineStream } from "@fieldwright/connector-kit";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { recordTypes } from "../../src/spec/record-types.js";
import { customersText, sound } from "./judge.js";
import { overlay } from "./overlay.js";
import { schemas } from "./streams.js";

const project = {
  name: "demo",
  syncs: [
    sound(
      overlay(customersText, "from: { connection: crm, stream: customers, with: { owner: { one: users, where: { id: ownerId } } } }\n"),
    ),
  ],
};

/** What the compiler says of the text with a few lines below it. */
function errorsIn(text: string, below: string): string[] {
  const name = "records.ts";
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version) =>
    file === name ? ts.createSourceFile(file, `${text}\n${below}`, version) : original(file, version);
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n"));
}

describe("recordTypes", () => {
  const text = recordTypes(project, schemas);

  it("writes an interface of each stream that the syncs use, and no other", () => {
    expect(text.match(/export interface \w+/g)).toEqual([
      "export interface CrmCustomers",
      "export interface CrmUsers",
      "export interface WarehouseCustomers",
      "export interface WarehouseCustomersInput",
      "export interface Records",
    ]);
  });

  it("gives types that the compiler holds a caller to", () => {
    expect(
      errorsIn(
        text,
        `const read: Records["crm.customers"] = { id: 7, status: "Won", address: { city: null }, notes: [{ text: "x" }], custom: { a: 1 } };
         const open: CrmUsers = { id: 1, anything: true };
         const written: WarehouseCustomersInput = { id: 7, kind: "private", tags: ["a"] };
         void [read, open, written];`,
      ),
    ).toEqual([]);
    const wrong = errorsIn(
      text,
      `const a: CrmCustomers = { id: 7, status: "Wn" };
       const b: WarehouseCustomersInput = { kind: "private" };
       const c: WarehouseCustomersInput = { id: 7, created_at: "now" };
       void [a, b, c];`,
    );
    expect(wrong).toHaveLength(3);
    expect(wrong.join("\n")).toMatch(/"Wn"[\s\S]*'id' is missing[\s\S]*'created_at' does not exist/);
  });

  it("keeps awkward names and a vendor's text from breaking the code", () => {
    const odd = defineStream({
      name: "odd-stream.v2",
      about: "Ends */ here\nand there",
      key: "the id",
      listing: { maxPageSize: 1, complete: "never", total: false },
      fields: {
        "the id": { type: "uuid" },
        'a"b': { type: "list", of: { type: "object", fields: { "x-y": { type: "integer" } } } },
        none: { type: "text", options: [] },
      },
    });
    const twin = { ...odd, name: "odd.stream-v2" };
    const syncs = [odd, twin].map((stream) => sound(overlay(customersText, `from: { connection: crm, stream: ${stream.name} }\n`)));
    const made = recordTypes({ name: "a\n*/ b", syncs }, { crm: [odd, twin], warehouse: undefined });
    expect(made).toContain("export interface CrmOddStreamV22 {");
    expect(made).toContain('readonly "crm.odd-stream.v2": CrmOddStreamV2;');
    expect(errorsIn(made, "")).toEqual([]);
  });
});
