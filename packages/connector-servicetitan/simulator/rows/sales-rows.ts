import { firstIdOf } from "../kinds.js";
import type { Place } from "../place.js";
import { stamp } from "../stamp.js";

export const estimateStatuses = ["Open", "Sold", "Dismissed"] as const;

export function estimateStatus(name: (typeof estimateStatuses)[number]) {
  return { value: estimateStatuses.indexOf(name), name };
}

export function estimate(place: Place) {
  const { random, index, id } = place;
  const jobIndex = place.share("jobs");
  const status = random.pick(["Open", "Open", "Sold", "Dismissed"] as const);
  const items = Array.from({ length: random.integer(1, 3) }, (_, n) =>
    estimateItem({
      id: id * 10 + n,
      sku: skuAt(place.ref("services", index + n)),
      quantity: random.integer(1, 4),
      unitPrice: random.integer(50, 9000),
      unitCost: 20,
      description: random.sentence(),
      at: place.createdOn,
    }),
  );
  const subtotal = items.reduce((sum, item) => sum + item.total, 0);
  return {
    id,
    createdOn: place.createdOn,
    modifiedOn: place.modifiedOn,
    jobId: place.ref("jobs", jobIndex),
    projectId: null,
    locationId: place.ref("locations", index),
    customerId: place.ref("customers", index),
    name: random.pick(["Good", "Better", "Best"]),
    jobNumber: String(place.ref("jobs", jobIndex)),
    status: estimateStatus(status),
    reviewStatus: "None",
    summary: "",
    soldOn: status === "Sold" ? stamp(place.createdMs + 3_600_000) : null,
    soldBy: status === "Sold" ? place.ref("technicians", index) : null,
    active: index % 25 !== 24,
    items,
    externalLinks: [],
    subtotal,
    tax: 0,
    businessUnitId: place.ref("business_units", index),
    businessUnitName: "HVAC - Sales",
    isRecommended: random.chance(0.3),
    budgetCodeId: null,
    isChangeOrder: false,
    proposalTagName: null,
  };
}

function skuAt(id: number): NewItem["sku"] {
  return { id, name: `S${id - firstIdOf("services") + 1}` };
}

export interface NewItem {
  readonly id: number;
  readonly sku: { readonly id: number; readonly name: string };
  readonly quantity: number;
  readonly unitPrice: number;
  readonly unitCost: number;
  readonly description: string;
  readonly at: string;
}

export function estimateItem({ id, sku, quantity, unitPrice, unitCost, description, at }: NewItem) {
  return {
    id,
    sku: {
      ...sku,
      displayName: sku.name,
      type: "Service",
      soldHours: 1,
      generalLedgerAccountId: 1,
      generalLedgerAccountName: "Sales",
      modifiedOn: "2023-01-01T00:00:00Z",
    },
    skuAccount: "4000",
    description,
    membershipTypeId: null,
    qty: quantity,
    unitRate: unitPrice,
    total: quantity * unitPrice,
    unitCost,
    totalCost: quantity * unitCost,
    itemGroupName: "",
    itemGroupRootId: null,
    createdOn: at,
    modifiedOn: at,
    chargeable: null,
    invoiceItemId: null,
    budgetCodeId: null,
  };
}
