import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connect, doneOf, errorOf, folder } from "./connect.js";

async function withFolder(options: Readonly<Record<string, unknown>> = {}) {
  const path = await folder();
  return { path, ...(await connect({ size: 9, options: { files: { folder: path, ...options } } })) };
}

describe("contents of files", () => {
  test("are kept byte by byte, under a name that the record tells", async () => {
    const { path, read, simulator } = await withFolder();
    const records = await read("files");
    expect(await readdir(path)).toHaveLength(9);
    for (const record of records) {
      const kept = await readFile(join(path, String(record._stored)));
      const there = Buffer.from(await (await fetch(String(record.url))).arrayBuffer());
      expect(kept.equals(there)).toBe(true);
      expect(kept.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    }
    expect(simulator.files.seenTokens).toEqual([]);
  });

  test("are fetched once, and again only when the file changed", async () => {
    const { read, simulator, path } = await withFolder();
    await read("files");
    simulator.change("files", "1002", { title: "renamed.jpg" });
    simulator.traffic.reset();
    await read("files");
    expect(simulator.traffic.paths().filter((asked) => asked.startsWith("/stored/"))).toEqual(["/stored/2.jpg"]);
    expect(await readdir(path)).toHaveLength(10);
  });

  test("that cannot be had stop nothing: the record says so, the run is told, and the next read tries again", async () => {
    const { read, simulator, notices } = await withFolder();
    simulator.files.gone.add("/3.jpg");
    const records = await read("files");
    expect(records.filter((record) => record._stored === null).map((record) => record.id)).toEqual(["1003"]);
    expect(notices).toEqual([expect.stringContaining("1 of 9 files could not be fetched")]);
    simulator.files.gone.clear();
    expect((await read("files")).every((record) => record._stored !== null)).toBe(true);
  });

  test("never cost the token, but at a host that was named, and only after it refused", async () => {
    const { read, simulator } = await withFolder();
    simulator.files.guarded = true;
    expect((await read("files")).every((record) => record._stored === null)).toBe(true);
    expect(simulator.files.seenTokens).toEqual([]);
    const named = await connect({ size: 3 });
    const path = await folder();
    named.simulator.files.guarded = true;
    const host = new URL(named.simulator.url).host;
    const { connectTo } = await import("./connect.js");
    const trusted = await connectTo(named.simulator, { files: { folder: path, tokenHosts: [host] } });
    expect((await trusted.read("files")).every((record) => typeof record._stored === "string")).toBe(true);
    expect(named.simulator.files.seenTokens).toHaveLength(3);
  });

  test("a folder that cannot be written stops the stream with words about the folder", async () => {
    const { read } = await withFolder({ folder: "/dev/null/nowhere" });
    await expect(read("files")).rejects.toMatchObject({ code: "centerpoint/cannot-keep-file", next: "stop-stream" });
  });
});

describe("an upload", () => {
  const file = `data:image/jpeg;base64,${Buffer.from("a roof").toString("base64")}`;

  test("hangs the file on its record", async () => {
    const { stream, call, simulator } = await connect({ size: 5 });
    const { key } = doneOf(
      await stream("files").create?.(
        [{ name: "roof.jpg", title: "Roof", file, subject: { type: "properties", id: "1002" }, tags: ["Photos"] }],
        call,
      ),
    );
    expect(simulator.holds("files").at(-1)).toMatchObject({ id: key, title: "Roof", mimeType: "image/jpeg" });
    expect(simulator.holds("model_files").at(-1)).toMatchObject({ fileId: key, subjectId: "1002", tag: "Photos" });
  });

  test("of bare base64 or of a file that hangs on nothing is not sent, because Centerpoint refuses it", async () => {
    const { stream, call, simulator } = await connect({ size: 5 });
    simulator.traffic.reset();
    const bare = { name: "a", file: "YSByb29m", subject: { type: "properties", id: "1002" } };
    expect(errorOf(await stream("files").create?.([bare], call))).toMatchObject({ next: "hold-record", field: "file" });
    expect(errorOf(await stream("files").create?.([{ name: "a", file }], call))).toMatchObject({ next: "hold-record", field: "subject" });
    expect(simulator.traffic.requests).toBe(0);
  });
});
