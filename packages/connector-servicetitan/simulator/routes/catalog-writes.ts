import { randomAt } from "@fieldwright/connector-kit/testing";
import type { Hono } from "hono";
import { type Body, bodyAs, type Shape } from "../body.js";
import type { Kind } from "../kinds.js";
import type { Place } from "../place.js";
import { rowOf } from "../rows/row-of.js";
import type { Tenant } from "../tenant.js";
import { answer, applied, existing, keepExternal, taken } from "./changing.js";
import { route } from "./reads.js";

const money = "price memberPrice addOnPrice addOnMemberPrice hours bonus commissionBonus";
const words =
  "code displayName description account crossSaleGroup unitOfMeasure costOfSaleAccount assetAccount intacctGlGroupAccount budgetCostCode budgetCostType";

const shapes: Readonly<Partial<Record<Kind, Shape>>> = {
  services: {
    string: words,
    number: money,
    boolean: "taxable isLabor active paysCommission",
    object: "warranty externalData",
    array: "categories recommendations upgrades assets serviceMaterials serviceEquipment",
  },
  materials: {
    string: words,
    number: `${money} cost`,
    integer: "costTypeId",
    boolean: "active paysCommission deductAsJobCost isInventory taxable isConfigurableMaterial chargeableByDefault isOtherDirectCost",
    object: "primaryVendor externalData",
    array: "otherVendors assets categories variationMaterials",
  },
  equipment: {
    string: `${words} manufacturer model`,
    number: `${money} cost`,
    boolean: "active paysCommission taxable isInventory isConfigurableEquipment",
    object: "manufacturerWarranty serviceProviderWarranty primaryVendor dimensions externalData",
    array: "assets categories recommendations upgrades equipmentMaterials otherVendors variationEquipment",
  },
  categories: {
    string: "name description image categoryType",
    integer: "parentId position",
    boolean: "active",
    array: "businessUnitIds skuImages skuVideos",
    enums: { categoryType: ["Services", "Materials"] },
    nullable: "parentId",
  },
};

export function addCatalogWrites(app: Hono, tenant: Tenant): void {
  for (const [kind, shape] of Object.entries(shapes) as [Kind, Shape][]) {
    const required = kind === "categories" ? "name categoryType" : "code description";
    app.post(route(`pricebook/${kind}`), async ({ req }) => {
      const body = await bodyAs(req.raw, { ...shape, required, nullable: "*" });
      const row = tenant.add(kind, { ...blank(kind, tenant), ...kept(tenant, kind, body) });
      keepExternal(tenant, kind, { id: row.id, value: body.externalData });
      return answer(tenant, kind, row, 201);
    });
    app.patch(route(`pricebook/${kind}/:id`), async ({ req }) => {
      const row = existing(tenant, kind, req.param("id") as string);
      const body = await bodyAs(req.raw, shape);
      keepExternal(tenant, kind, { id: row.id, value: body.externalData });
      return answer(tenant, kind, applied(tenant, kind, { id: row.id, set: kept(tenant, kind, body) }));
    });
    app.delete(route(`pricebook/${kind}/:id`), ({ req }) => {
      tenant.remove(kind, existing(tenant, kind, req.param("id") as string).id);
      return new Response(null, { status: 204 });
    });
  }
  addTagTypeWrites(app, tenant);
}

/** What a new item has of its own: that of a generated one, with nothing in it. */
function blank(kind: Kind, tenant: Tenant): object {
  const place: Place = {
    index: 0,
    id: 0,
    random: randomAt(1, 1),
    createdOn: "",
    modifiedOn: "",
    createdMs: 0,
    ref: () => 0,
    share: () => 0,
  };
  const { id: _, ...row } = rowOf[kind](place);
  const cleared = {
    price: 0,
    memberPrice: 0,
    addOnPrice: 0,
    addOnMemberPrice: 0,
    cost: 0,
    hours: 0,
    displayName: null,
    categories: [],
    manufacturer: null,
    model: null,
  };
  const own = Object.fromEntries(Object.entries(cleared).filter(([name]) => name in row));
  return { ...row, ...own, active: true, id: tenant.stores[kind].nextId() };
}

function kept(tenant: Tenant, kind: Kind, body: Body): Body {
  const { externalData: _, intacctGlGroupAccount: __, variationMaterials: ___, variationEquipment: ____, ...set } = body;
  const known = Object.fromEntries(Object.entries(set).filter(([name, value]) => value !== null || name === "parentId"));
  if (kind !== "services" || !Array.isArray(body.categories)) return known;
  return {
    ...known,
    categories: body.categories.map((id: number) => ({ id, name: String(tenant.stores.categories.get(id)?.name ?? ""), active: true })),
  };
}

function addTagTypeWrites(app: Hono, tenant: Tenant): void {
  const shape = {
    string: "name color code importance",
    boolean: "isConversionOpportunity allowToUseOnTimesheetActivity isVisibleOnDispatchBoard",
    enums: { importance: ["Medium", "High"] },
  };
  app.post(route("settings/tag-types"), async ({ req }) => {
    const body = await bodyAs(req.raw, { ...shape, required: "name color", nullable: "*" });
    const usual = {
      code: "",
      importance: null,
      isConversionOpportunity: false,
      allowToUseOnTimesheetActivity: false,
      isVisibleOnDispatchBoard: false,
      active: true,
    };
    // Answered with nothing but the id.
    return Response.json({ id: tenant.add("tag_types", { ...usual, ...taken(tenant, "tag_types", body) }).id });
  });
  app.patch(route("settings/tag-types/:id"), async ({ req }) => {
    const row = existing(tenant, "tag_types", req.param("id") as string);
    const set = await bodyAs(req.raw, { ...shape, nullable: "importance" });
    return Response.json({ id: applied(tenant, "tag_types", { id: row.id, set }).id });
  });
}
