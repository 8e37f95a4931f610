import { type CenterpointSimulatorOptions, createSimulator, millionsOfRows } from "@fieldwright/connector-centerpoint/simulator";
import { describe, expect, onTestFinished, test } from "vitest";

interface Body {
  readonly data?: {
    readonly id: string;
    readonly type: string;
    readonly attributes: Record<string, unknown>;
    readonly relationships?: Record<string, unknown>;
  }[];
  readonly included?: readonly { readonly type: string; readonly id: string }[];
  readonly meta?: { readonly page: Record<string, number> };
  readonly errors?: readonly { readonly detail?: string }[];
}

async function open(options: CenterpointSimulatorOptions = {}) {
  const simulator = await createSimulator({ now: "2026-03-10T15:00:00Z", ...options });
  onTestFinished(() => simulator.close());
  const get = async (path: string, authorization = simulator.options.token) => {
    const answer = await fetch(simulator.url + path, { headers: { authorization } });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  return { simulator, get };
}

describe("the API face", () => {
  test("pages by 25 if not told, counts records, and takes brackets plain and encoded", async () => {
    const { get } = await open({ sizes: { companies: 61 } });
    const { body } = await get("/companies");
    expect(body.meta?.page).toMatchObject({ currentPage: 1, lastPage: 3, perPage: 25, total: 61, from: 1, to: 25 });
    expect((await get("/companies?page%5Bnumber%5D=3")).body.data).toHaveLength(11);
    expect((await get("/companies?page[number]=3")).body.data).toHaveLength(11);
  });

  test("gives ids as text and foreign keys as numbers, jobs as productions and contacts as client profiles", async () => {
    const { get } = await open();
    const [service] = (await get("/services")).body.data ?? [];
    expect(service?.type).toBe("productions");
    expect(typeof service?.id).toBe("string");
    expect(typeof service?.attributes.billedCompanyId).toBe("number");
    expect((await get("/profiles")).body.data?.[0]?.type).toBe("client_profiles");
    expect((await get(`/opportunities/${service?.id}`)).status).toBe(200);
  });

  test("shows relationships and included records only where asked, and fields on demand only when named", async () => {
    const { get } = await open();
    const plain = (await get("/companies")).body;
    expect([plain.included, plain.data?.[0]?.relationships]).toEqual([undefined, undefined]);
    expect((await get("/companies?include=manager")).body.included?.[0]?.type).toBe("employees");
    expect(plain.data?.[0]?.attributes).not.toHaveProperty("soldValue");
    expect(Object.keys((await get("/companies?fields[companies]=name,soldValue")).body.data?.[0]?.attributes ?? {}).sort()).toEqual([
      "name",
      "soldValue",
    ]);
  });

  test("filters by update in snake_case, without the very second; jobs know no such filter", async () => {
    const { get, simulator } = await open();
    simulator.change("companies", "1001", {});
    expect((await get("/companies?filter[updated_at][gt]=2026-03-10 14:59:59")).body.data).toHaveLength(1);
    expect((await get("/companies?filter[updated_at][gt]=2026-03-10 15:00:00")).body.data).toHaveLength(0);
    expect((await get("/services?filter[updated_at][gt]=2026-03-10 14:59:59")).status).toBe(400);
    expect((await get("/services?sort=-updatedAt")).status).toBe(200);
    expect((await get("/warranties?sort=-updatedAt")).status).toBe(400);
  });

  test("takes the token bare and as bearer, and no other", async () => {
    const { get, simulator } = await open();
    expect((await get("/companies", `Bearer ${simulator.options.token}`)).status).toBe(200);
    expect((await get("/companies", "demo-key")).status).toBe(403);
  });

  test("does not list notes, and knows no estimates or equipment", async () => {
    const { get } = await open();
    expect((await get("/notes")).status).toBe(405);
    expect((await get("/estimates")).status).toBe(404);
    expect((await get("/equipment")).status).toBe(404);
  });
});

describe("1.4 million rows", () => {
  test("are that many over all lists, and any page costs only its own rows", async () => {
    const { get, simulator } = await open({ sizes: millionsOfRows, pageSizeLimit: 1000 });
    const total = Object.keys(millionsOfRows).reduce((sum, path) => sum + (simulator.count?.(path) ?? 0), 0);
    expect(total).toBe(1_400_000);
    const { body } = await get("/files?page[size]=1000&page[number]=330");
    expect(body.data?.map((row) => row.id)).toEqual(Array.from({ length: 1000 }, (_, n) => String(1001 + 329_000 + n)));
  });

  test("are the same for the same seed, and others for another", async () => {
    const page = "/services?page[size]=5&page[number]=7";
    const text = async (seed: number) => JSON.stringify((await (await open({ seed })).get(page)).body.data);
    expect(await text(3)).toBe(await text(3));
    expect(await text(3)).not.toBe(await text(4));
  });

  test("kept pages are byte for byte what they would be, after a change too", async () => {
    const [plain, kept] = [await open(), await open({ prerendered: true })];
    for (const round of [1, 2, 3]) {
      expect((await kept.get("/companies?include=manager")).body, `round ${round}`).toEqual(
        (await plain.get("/companies?include=manager")).body,
      );
      for (const { simulator } of [plain, kept]) simulator.change("companies", "1001", { name: `Changed ${round}` });
    }
  });
});
