import { VendorError } from "@fieldwright/connector-kit";

export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, unknown>>;
}

export interface List {
  readonly data: readonly Resource[];
  readonly included: readonly Resource[];
  /** Absent where the answer does not page. */
  readonly paging: { readonly page: number; readonly lastPage: number; readonly total: number } | undefined;
}

export interface Single {
  readonly data: Resource;
  readonly included: readonly Resource[];
}

/** @throws VendorError where the answer is no JSON:API list. */
export function listOf(body: unknown, path: string): List {
  if (!isObject(body) || !Array.isArray(body.data)) throw otherShape(path, "a list");
  return { data: body.data.map((item: unknown) => resourceOf(item, path)), included: includedIn(body, path), paging: pagingOf(body) };
}

export function singleOf(body: unknown, path: string): Single {
  if (!isObject(body) || !isObject(body.data)) throw otherShape(path, "a record");
  return { data: resourceOf(body.data, path), included: includedIn(body, path) };
}

function includedIn(body: Record<string, unknown>, path: string): readonly Resource[] {
  return Array.isArray(body.included) ? body.included.map((item: unknown) => resourceOf(item, path)) : [];
}

function resourceOf(item: unknown, path: string): Resource {
  if (!isObject(item) || typeof item.type !== "string" || (typeof item.id !== "string" && typeof item.id !== "number"))
    throw otherShape(path, "records with type and id");
  return {
    type: item.type,
    id: String(item.id),
    attributes: isObject(item.attributes) ? item.attributes : {},
    relationships: isObject(item.relationships) ? item.relationships : {},
  };
}

function pagingOf(body: Record<string, unknown>): List["paging"] {
  const page = isObject(body.meta) && isObject(body.meta.page) ? body.meta.page : undefined;
  if (!page || ![page.currentPage, page.lastPage, page.total].every((value) => Number.isInteger(value))) return undefined;
  return { page: Number(page.currentPage), lastPage: Number(page.lastPage), total: Number(page.total) };
}

function otherShape(path: string, wanted: string): VendorError {
  return new VendorError(`Centerpoint's answer to ${path} does not hold ${wanted}, as JSON:API has it.`, {
    code: "centerpoint/other-shape",
    next: "stop-stream",
    hint: "Check `baseUrl`; it ends in /centerpoint. If it is right, Centerpoint has changed its API: report it.",
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
