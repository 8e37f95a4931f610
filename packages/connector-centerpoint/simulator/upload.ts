import type { Account } from "./account.js";
import { json, Refusal } from "./refusal.js";
import { isObject } from "./writes.js";

/** Plain JSON, the one path that speaks no JSON:API on its way in. */
export function upload(account: Account, body: unknown): Response {
  if (!isObject(body)) throw new Refusal(422, "Unprocessable Entity", "The file field is required.");
  const { name, file, subject, tags, title } = body;
  if (typeof file !== "string" || !/^data:[\w/.+-]+;base64,/.test(file))
    throw new Refusal(422, "Unprocessable Entity", "The file must be a data URI.", "/file");
  if (!isObject(subject) || !["companies", "properties", "productions"].includes(String(subject.type)))
    throw new Refusal(422, "Unprocessable Entity", "The subject field is required.", "/subject");
  const mimeType = file.slice(5, file.indexOf(";"));
  const row = account.create("files", {
    title: title ?? name ?? null,
    url: `/uploaded-${String(name ?? "file")}`,
    thumbnailUrl: null,
    mimeType,
    variety: mimeType.startsWith("image/") ? "image" : "document",
    relations: {},
  });
  for (const tag of Array.isArray(tags) ? tags : [null])
    account.create("model_files", {
      tag,
      subjectType: subject.type,
      subjectId: Number(subject.id),
      fileId: Number(row.id),
      relations: { file: row.id },
    });
  const { relations: _, id, ...attributes } = row;
  return json({ data: { type: "files", id, attributes } }, 201);
}
