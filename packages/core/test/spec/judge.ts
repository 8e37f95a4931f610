import type { Problem } from "../../src/problem.js";
import { checkSpecs } from "../../src/spec/check-specs.js";
import type { Spec } from "../../src/spec/model.js";
import { parseSpec } from "../../src/spec/parse-spec.js";
import { schemas } from "./streams.js";

const usersText = `version: 1
sync: users
from: { connection: crm, stream: users }
to: { connection: warehouse, stream: users }
match: { try_in_order: [{ id: id }] }
fields:
  id: id
  customer_id: { ref: customers, id: customerId }
`;
const officesText = `version: 1
sync: offices
from: { connection: crm, stream: offices }
to: { connection: warehouse, stream: offices }
match: { try_in_order: [{ id: id }] }
fields: { id: id, name: name }
`;

export const customersText = `version: 1
sync: customers
from: { connection: crm, stream: customers }
to: { connection: warehouse, stream: customers }
match: { try_in_order: [{ id: id }] }
fields:
  id: id
  email: email
`;

/** All that validate says of a spec that stands beside two sound ones. Words that are not carried out yet are taken, unless it says otherwise. */
export function judge(text: string, options: { readonly file?: string; readonly preview?: boolean } = {}): readonly Problem[] {
  const file = options.file ?? "syncs/customers.yaml";
  const parsed = parseSpec(text, { file, preview: options.preview ?? true });
  if (!parsed.ok) return parsed.problems;
  const beside = [sound(usersText, "syncs/users.yaml"), sound(officesText, "syncs/offices.yaml")];
  return checkSpecs([...beside, parsed.value], schemas).filter((problem) => problem.file === file);
}

export function sound(text: string, file?: string): Spec {
  const parsed = parseSpec(text, { preview: true, ...(file === undefined ? {} : { file }) });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.value;
}
