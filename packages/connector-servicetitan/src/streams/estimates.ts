import type { Call, DataRecord, Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import { bodyOf } from "../body.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { inSteps, type Step } from "../in-steps.js";
import { post, recordPath, send } from "../plain-writes.js";
import { refuse } from "../refuse.js";
import { sameStatus, without } from "../status-words.js";
import { streamOf } from "../stream-of.js";
import { currentOf } from "./current.js";

const estimatesOf: Declaration = {
  name: "estimates",
  about: "With their items. There is no total: it is subtotal plus tax.",
  module: "sales",
  list: "estimates",
  feed: "export/estimates",
  fields: fieldsOf({
    integer: "id jobId projectId locationId customerId soldBy businessUnitId budgetCodeId",
    text: "statusName name jobNumber reviewStatus summary businessUnitName proposalTagName",
    object: "status",
    datetime: "createdOn modifiedOn soldOn",
    boolean: "active isRecommended isChangeOrder useDefaultProjectLabels requireDepositOnSignature",
    list: "items externalLinks",
    number: "subtotal tax depositAmount depositPercent",
    options: { reviewStatus: ["None", "NeedsApproval", "Approved", "NotApproved"], statusName: ["Open", "Sold", "Dismissed"] },
    create:
      "statusName name summary tax reviewStatus soldBy isRecommended budgetCodeId items externalLinks useDefaultProjectLabels jobId projectId locationId",
    update: "statusName name summary tax reviewStatus soldBy isRecommended budgetCodeId items externalLinks",
    about: {
      statusName:
        "status.name, added by the connector. Sold wants soldBy (a managed technician), Open takes a sale back, Dismissed dismisses.",
      items: "Written as skuId or skuName, quantity, unitPrice, description, ...; read with sku, qty, unitRate.",
    },
  }),
  writeOnly: "items useDefaultProjectLabels",
  references: {
    jobId: "jobs",
    locationId: "locations",
    customerId: "customers",
    soldBy: "technicians",
    businessUnitId: "business_units",
  },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  finds: { jobId: "jobId", locationId: "locationId" },
  shaped: (row) => ({ ...row, statusName: (row.status as { readonly name?: unknown } | null)?.name ?? null }),
  sideEffects: "A sale by the API is one to be performed later: the office still has to book it.",
};

export function estimates(api: Api): Stream {
  return streamOf(api, estimatesOf, {
    async create(record, call) {
      const json = bodyOf(api, estimatesOf, { set: record, rules: { patch: false, renamed: { statusName: "status" } } });
      return post(api, { path: api.path("sales", "estimates"), json }, call);
    },
    async update({ key, set }, call) {
      const current = await currentOf(api, estimatesOf, { key, call });
      const action = set.statusName === undefined || sameStatus(set.statusName, current.statusName) ? undefined : actionFor(current, set);
      const fields = without(set, action?.action === "sell" ? ["statusName", "soldBy"] : ["statusName"]);
      const steps: Step[] = [];
      if (Object.keys(fields).length > 0)
        steps.push({ done: "its fields were changed", run: () => replace(api, { key, current, fields }, call) });
      if (action !== undefined) {
        const { action: name, json } = action;
        const path = `${recordPath(api, estimatesOf, key)}/${name}`;
        steps.push({
          done: "its status was set",
          run: () => send(api, { method: "PUT", path, ...(json === undefined ? {} : { json }) }, call),
        });
      }
      await inSteps(steps);
      return undefined;
    },
  });
}

function actionFor(current: DataRecord, set: DataRecord): { readonly action: string; readonly json?: unknown } {
  if (sameStatus(set.statusName, "Sold")) {
    const soldBy = set.soldBy ?? undefined;
    if (soldBy === undefined)
      throw refuse("ServiceTitan wants soldBy to sell an estimate.", { field: "soldBy", hint: "Map `soldBy` to a managed technician." });
    return { action: "sell", json: { soldBy: Number(soldBy) } };
  }
  if (sameStatus(set.statusName, "Dismissed")) return { action: "dismiss" };
  if (sameStatus(set.statusName, "Open") && sameStatus(current.statusName, "Sold")) return { action: "unsell" };
  throw refuse(`ServiceTitan's API cannot bring an estimate from ${String(current.statusName)} to ${String(set.statusName)}.`, {
    field: "statusName",
  });
}

interface Replacing {
  readonly key: string;
  readonly current: DataRecord;
  readonly fields: DataRecord;
}

/** ServiceTitan replaces an estimate as a whole: what is not to change has to be sent as it is. */
async function replace(api: Api, { key, current, fields }: Replacing, call: Call): Promise<void> {
  const kept = Object.fromEntries(
    ["name", "summary", "tax", "reviewStatus", "soldBy", "isRecommended", "externalLinks"].map((name) => [name, current[name] ?? null]),
  );
  const items = Array.isArray(current.items) ? current.items.map(writtenItem) : [];
  const rules = { patch: true, clearable: Object.keys(estimatesOf.fields).join(" ") };
  const changed = bodyOf(api, estimatesOf, { set: fields, rules });
  await send(api, { method: "PUT", path: recordPath(api, estimatesOf, key), json: { ...kept, items, ...changed } }, call);
}

/** An item as it is read, in the form in which it is written. */
function writtenItem(item: DataRecord): DataRecord {
  const { id, sku, description, qty, unitRate, unitCost, itemGroupName, itemGroupRootId, chargeable } = item;
  return {
    id,
    skuId: (sku as { readonly id?: unknown } | null)?.id,
    description,
    quantity: qty,
    unitPrice: unitRate,
    unitCost,
    itemGroupName,
    itemGroupRootId,
    chargeable,
  };
}
