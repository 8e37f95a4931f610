import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { FieldwrightError } from "../../src/problem.js";
import { renderProblem } from "../../src/problem-render.js";
import { defineProject } from "../../src/project/define-project.js";
import { loadProject } from "../../src/project/load-project.js";
import { defineSync } from "../../src/spec/define-sync.js";

const project = `version: 1
project: repcard-analytics
store: { url: env:DATABASE_URL?, path: .fieldwright/store, schema: fieldwright, landing_schema: landing }
connections:
  repcard:
    package: "@fieldwright/connector-repcard"
    options: { apiKey: env:REPCARD_API_KEY, baseUrl: env:REPCARD_BASE_URL? }
    limits: { requests: 100, per_seconds: 60 }
  warehouse: { package: "@fieldwright/connector-postgres", options: { database: store } }
syncs: syncs
groups: { attachments: [customer_attachments, appointment_attachments] }
`;
const users = `version: 1
sync: users
from: { connection: repcard, stream: users }
to: { connection: warehouse, stream: users }
match: { try_in_order: [{ id: id }] }
fields: { id: id }
`;

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldwright-project-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function said(files: Readonly<Record<string, string>>, env: Record<string, string> = {}): Promise<string> {
  const loaded = await loadProject(await folderWith(files), { env });
  return (loaded.ok ? loaded.warnings : loaded.problems).map((problem) => renderProblem(problem)).join("\n");
}

describe("loadProject", () => {
  it("reads the project and all syncs below its folder, in the order of their names", async () => {
    const folder = await folderWith({
      "fieldwright.yaml": project,
      "syncs/users.yaml": users,
      "syncs/more/offices.yml": users.replaceAll("users", "offices"),
      "syncs/notes.md": "no sync",
    });
    const loaded = await loadProject(folder, { env: { REPCARD_API_KEY: "k-1" } });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    expect(loaded.value).toMatchObject({
      name: "repcard-analytics",
      folder,
      store: { path: join(folder, ".fieldwright/store"), schema: "fieldwright", landingSchema: "landing" },
      connections: {
        repcard: {
          package: "@fieldwright/connector-repcard",
          options: { apiKey: "k-1" },
          missing: [],
          limits: { requests: 100, perSeconds: 60 },
          line: 5,
        },
        warehouse: { options: { database: "store" }, missing: [], line: 9 },
      },
      groups: { attachments: ["customer_attachments", "appointment_attachments"] },
    });
    expect(loaded.value.store.url).toBeUndefined();
    expect(loaded.value.connections["repcard"]?.options).not.toHaveProperty("baseUrl");
    expect(loaded.value.syncs.map((sync) => [sync.name, sync.file])).toEqual([
      ["offices", "syncs/more/offices.yml"],
      ["users", "syncs/users.yaml"],
    ]);
  });

  it("only lists unset variables of a connection, so that validating needs no key", async () => {
    const folder = await folderWith({ "fieldwright.yaml": project, "syncs/users.yaml": users });
    const loaded = await loadProject(folder, { env: { REPCARD_API_KEY: "" } });
    expect(loaded.ok && loaded.value.connections["repcard"]?.missing).toEqual(["REPCARD_API_KEY"]);
  });

  it("takes a simulator's options in the place of the file's, and asks for no key then", async () => {
    const folder = await folderWith({ "fieldwright.yaml": project, "syncs/users.yaml": users });
    const loaded = await loadProject(folder, { env: {}, simulate: { repcard: { apiKey: "any", baseUrl: "http://127.0.0.1:1" } } });
    expect(loaded.ok && loaded.value.connections["repcard"]).toMatchObject({
      options: { apiKey: "any", baseUrl: "http://127.0.0.1:1" },
      missing: [],
    });
  });

  it("tells the problems of all files at once", async () => {
    const text = await said({
      "fieldwright.yaml": project.replace("groups:", "grups:").replace("syncs: syncs", "syncs: [syncs, more]"),
      "syncs/a.yaml": users.replace("match", "macth"),
      "syncs/b.yaml": users.replace("repcard", "repcrd"),
      "syncs/c.yaml": users.replace("to:", "too: x\nto:"),
    });
    expect(text.match(/^\S+ error \S+/gm)).toEqual([
      "fieldwright.yaml:10:16 error project/no-syncs:",
      "fieldwright.yaml:11:1 error project/unknown-key:",
      "syncs/a.yaml:5:1 error spec/unknown-key:",
      "syncs/b.yaml:3:21 error spec/unknown-connection:",
      "syncs/c.yaml:4:1 error spec/unknown-key:",
    ]);
  });

  it("reports a name that two files share at the second one", async () => {
    expect(await said({ "fieldwright.yaml": project, "syncs/a.yaml": users, "syncs/b.yaml": users })).toContain(
      "syncs/b.yaml:2:7 error spec/duplicate-sync: The name `users` is taken by syncs/a.yaml",
    );
  });

  it("does not call a ref wrong while the sync that it names is broken itself", async () => {
    const text = await said({
      "fieldwright.yaml": project,
      "syncs/a.yaml": users.replace("match", "macth"),
      "syncs/b.yaml": users.replace("sync: users", "sync: b").replace("{ id: id }\n", "{ id: id, o: { ref: users, id: o } }\n"),
    });
    expect(text).not.toContain("unknown-sync");
  });

  it("says what to do where there is no project", async () => {
    const loaded = await loadProject(await folderWith({}), { env: {} });
    expect(loaded).toMatchObject({ ok: false, problems: [{ code: "project/not-found", hint: expect.stringContaining("--project DIR") }] });
    expect(loaded.ok ? "" : loaded.problems[0]?.message).toContain("it does not exist");
  });

  it("warns where there is nothing to run", async () => {
    const folder = await folderWith({ "fieldwright.yaml": project, "syncs/readme.md": "" });
    expect(await loadProject(folder, { env: {} })).toMatchObject({
      ok: true,
      warnings: [{ code: "project/no-syncs", severity: "warning" }],
    });
  });

  it("refuses an unset address of the store, because an empty embedded one would look like lost data", async () => {
    expect(await said({ "fieldwright.yaml": project.replace("DATABASE_URL?", "DATABASE_URL"), "syncs/users.yaml": users })).toContain(
      "error project/unset-variable: The environment variable DATABASE_URL is not set.",
    );
  });

  it("shows no secret in an excerpt, though the line is wrong", async () => {
    const text = await said({
      "fieldwright.yaml": project
        .replace("apiKey: env:REPCARD_API_KEY", "apiKey: s3cret-value, token: 'oth3r', url: postgres://u:pa55@h/d")
        .replace("options: {", "optons: {"),
      "syncs/users.yaml": users,
    });
    expect(text).toContain("`optons` is not a word");
    expect(text).toContain("apiKey: ***");
    expect(text).not.toMatch(/s3cret|oth3r|pa55/);
  });
});

describe("defineProject", () => {
  const sync = defineSync({
    version: 1,
    sync: "users",
    from: { connection: "repcard", stream: "users" },
    to: { connection: "warehouse", stream: "users" },
    match: { try_in_order: [{ id: "id" }] },
    fields: { id: "id" },
  });
  const connections = {
    repcard: { package: "@fieldwright/connector-repcard", options: { apiKey: "env:KEY" } },
    warehouse: { package: "@fieldwright/connector-postgres" },
  };

  it("makes the same model as the file", () => {
    const made = defineProject({ version: 1, project: "demo", connections, syncs: [sync] }, { env: { KEY: "k" }, folder: "/demo" });
    expect(made).toMatchObject({
      name: "demo",
      folder: "/demo",
      connections: { repcard: { options: { apiKey: "k" }, missing: [] } },
      store: { path: "/demo/.fieldwright/store" },
    });
    expect(made.syncs).toEqual([sync]);
  });

  it("throws all problems at once", () => {
    expect(() =>
      defineProject({ version: 1, project: "demo", connections: { repcard: connections.repcard }, syncs: [sync, sync] }, { env: {} }),
    ).toThrow(FieldwrightError);
    expect(() =>
      defineProject({ version: 1, project: "demo", connections: { repcard: connections.repcard }, syncs: [sync, sync] }, { env: {} }),
    ).toThrow(/spec\/duplicate-sync[\s\S]*spec\/unknown-connection/);
  });
});

describe("an area of `within`", () => {
  const sync = (area: string) => `version: 1
sync: users
from: { connection: repcard, stream: users }
to: { connection: warehouse, stream: users }
match: { try_in_order: [{ id: id }] }
fields:
  id: id
  near: { from: place, do: [{ within: { area: ${area} } }] }
`;
  const square = (size: number) =>
    JSON.stringify({
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [size, 0],
          [size, size],
          [0, size],
          [0, 0],
        ],
      ],
    });
  const load = async (files: Readonly<Record<string, string>>) =>
    loadProject(await folderWith({ "fieldwright.yaml": project, "syncs/users.yaml": sync("areas/near.geojson"), ...files }), { env: {} });

  it("is read from its file, and a changed area is a changed spec", async () => {
    const one = await load({ "areas/near.geojson": square(1) });
    const two = await load({ "areas/near.geojson": square(2) });
    if (!one.ok || !two.ok) throw new Error("should load");
    expect(one.value.syncs[0]?.fields[1]?.steps[0]).toEqual({ name: "within", argument: { area: JSON.parse(square(1)) } });
    expect(one.value.syncs[0]?.hash).not.toBe(two.value.syncs[0]?.hash);
  });

  it.each([
    ["is missing", {}, "there is no such file"],
    ["is not JSON", { "areas/near.geojson": "nowhere" }, "it is not JSON"],
    ["has no polygons", { "areas/near.geojson": '{"type":"Point","coordinates":[1,2]}' }, "it is not GeoJSON with polygons"],
  ])("that %s is told at its line", async (_, files, why) => {
    const loaded = await load(files);
    expect(loaded).toMatchObject({ ok: false, problems: [{ code: "spec/bad-argument", line: 8, message: expect.stringContaining(why) }] });
  });
});
