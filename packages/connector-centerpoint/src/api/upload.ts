import { type Call, type DataRecord, type Outcome, oneByOne } from "@fieldwright/connector-kit";
import { refuse } from "../refuse.js";
import type { Api } from "./api.js";
import { isObject, singleOf } from "./document.js";

const path = "/file/url";

/** A file goes up by a path of its own, in plain JSON; it hangs on a company, a property or a job. */
export async function uploadFiles(api: Api, records: readonly DataRecord[], call: Call): Promise<readonly Outcome[]> {
  return oneByOne(records, async (record) => {
    const { name, file, subject, tags, thumbnailSize, title, description } = record;
    if (typeof file !== "string" || !/^data:[^;,]+;base64,/.test(file))
      throw refuse("Centerpoint takes a file only as a data URI.", { field: "file", hint: "Write it like data:image/jpeg;base64,..." });
    if (!isObject(subject) || typeof subject.type !== "string" || subject.id === undefined)
      throw refuse("A file must hang on a record.", {
        field: "subject",
        hint: "Give { type, id }; type is companies, properties or productions.",
      });
    const json = { name, file, subject: { type: subject.type, id: String(subject.id) }, tags, thumbnailSize, title, description };
    const answer = await api.send({ method: "POST", path, json, safeToRepeat: false }, call);
    return { ok: true, key: singleOf(answer.body, path).data.id, created: true };
  });
}
