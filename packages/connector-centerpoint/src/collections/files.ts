import { collection } from "./collection.js";
import { fields, relatedOnly } from "./fields.js";

/** A create is an upload, by a path of its own. */
export const files = collection({
  name: "files",
  about: "Photos and documents. What is in them is fetched into a folder or a bucket where the option `files` says so.",
  fields: fields("title:text url:text! thumbnailUrl:text! mimeType:text! variety:text! width:json height:json latitude:num longitude:num", {
    name: { type: "text", about: "Written only: the name of the file to upload." },
    file: { type: "text", about: "Written only: what is in it, as a data URI." },
    subject: { type: "json", about: "Written only: { type: companies, properties or productions, id }." },
    tags: { type: "list", of: { type: "text" }, about: "Written only." },
    description: { type: "text" },
    thumbnailSize: { type: "integer", about: "Written only, in pixels." },
  }),
  incremental: "none",
  create: true,
  update: true,
});

export const modelFiles = collection({
  name: "model_files",
  about: "Which file hangs on which record, under which tag.",
  fields: fields("tag:text! subjectType:text! subjectId:text! fileId:text!", { file: relatedOnly }),
  relations: { file: "files" },
  include: ["file"],
  references: { fileId: "files" },
  finds: { subjectId: "subjectId" },
  one: false,
});
