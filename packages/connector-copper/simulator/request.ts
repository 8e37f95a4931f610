import type { DataRecord } from "@fieldwright/connector-kit";
import type { Context } from "hono";
import { type Entity, entities } from "./options.js";
import { Refusal } from "./refusal.js";

/** The JSON object of a request; an empty body is an empty object. */
export async function bodyOf(c: Context): Promise<DataRecord> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, "Invalid input: the body is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Refusal(422, "Invalid input: the body is not an object");
  return body as DataRecord;
}

/** Page number and size may come in the address too. */
export async function searchBody(c: Context): Promise<DataRecord> {
  const { page_number, page_size } = c.req.query();
  return { ...(page_number ? { page_number } : {}), ...(page_size ? { page_size } : {}), ...(await bodyOf(c)) };
}

export function entityIn(c: Context): Entity | undefined {
  const named = c.req.param("entity");
  return entities.find((entity) => entity === named);
}

export function notRouted(c: Context): Response {
  return c.json({ error: "not_found" }, 404);
}
