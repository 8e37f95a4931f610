import type { Stream } from "@fieldwright/connector-kit";
import type { Api } from "../api.js";
import type { Declaration } from "../declaration.js";
import { fieldsOf } from "../fields.js";
import { plainWrites } from "../plain-writes.js";
import { streamOf } from "../stream-of.js";

const servicesOf: Declaration = {
  name: "services",
  about: "What is sold as work.",
  module: "pricebook",
  list: "services",
  feed: "export/services",
  fields: fieldsOf({
    integer: "id businessUnitId",
    text: "code displayName description account crossSaleGroup source externalId defaultAssetUrl budgetCostCode budgetCostType intacctGlGroupAccount",
    object: "warranty",
    list: "categoryIds categories recommendations upgrades assets serviceMaterials serviceEquipment externalData",
    number: "price memberPrice addOnPrice addOnMemberPrice hours bonus commissionBonus cost soldByCommission calculatedPrice",
    boolean: "taxable isLabor active paysCommission useStaticPrices",
    datetime: "createdOn modifiedOn",
    create:
      "serviceMaterials serviceEquipment recommendations upgrades code displayName description warranty categoryIds price memberPrice addOnPrice addOnMemberPrice taxable account intacctGlGroupAccount hours isLabor assets active crossSaleGroup paysCommission bonus commissionBonus externalData budgetCostCode budgetCostType",
    update:
      "code displayName description warranty categoryIds price memberPrice addOnPrice addOnMemberPrice taxable account intacctGlGroupAccount hours isLabor recommendations upgrades assets serviceMaterials serviceEquipment active crossSaleGroup paysCommission bonus commissionBonus externalData budgetCostCode budgetCostType",
    required: "code description",
    about: { categoryIds: "The ids of categories, added by the connector: so they are written." },
  }),
  writeOnly: "intacctGlGroupAccount",
  references: { categoryIds: "categories", businessUnitId: "business_units" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  externalData: true,
  shaped: (row) => ({ ...row, categoryIds: idsOf(row.categories) }),
};

const materialsOf: Declaration = {
  name: "materials",
  about: "What is used up.",
  module: "pricebook",
  list: "materials",
  feed: "export/materials",
  fields: fieldsOf({
    integer: "id businessUnitId createdById generalLedgerAccountId costTypeId",
    text: "code displayName description unitOfMeasure account costOfSaleAccount assetAccount source externalId defaultAssetUrl budgetCostCode budgetCostType intacctGlGroupAccount",
    number: "cost price memberPrice addOnPrice addOnMemberPrice hours bonus commissionBonus",
    boolean:
      "active paysCommission deductAsJobCost isInventory taxable isConfigurableMaterial chargeableByDefault displayInAmount isOtherDirectCost",
    object: "primaryVendor",
    list: "otherVendors categories assets externalData variationsOrConfigurableMaterials variationMaterials",
    datetime: "createdOn modifiedOn",
    create:
      "code displayName description cost active price memberPrice addOnPrice addOnMemberPrice hours bonus commissionBonus paysCommission deductAsJobCost unitOfMeasure isInventory account costOfSaleAccount assetAccount intacctGlGroupAccount taxable primaryVendor otherVendors assets categories externalData isConfigurableMaterial chargeableByDefault variationMaterials isOtherDirectCost costTypeId budgetCostCode budgetCostType",
    update:
      "code displayName description cost active price memberPrice addOnPrice addOnMemberPrice hours bonus commissionBonus paysCommission deductAsJobCost unitOfMeasure isInventory account costOfSaleAccount assetAccount intacctGlGroupAccount taxable primaryVendor otherVendors assets categories externalData isConfigurableMaterial chargeableByDefault variationMaterials costTypeId budgetCostCode budgetCostType",
    required: "code description",
  }),
  writeOnly: "intacctGlGroupAccount variationMaterials",
  references: { categories: "categories", businessUnitId: "business_units" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  externalData: true,
};

const equipmentOf: Declaration = {
  name: "equipment",
  about: "What is installed.",
  module: "pricebook",
  list: "equipment",
  feed: "export/equipment",
  fields: fieldsOf({
    integer: "id typeId generalLedgerAccountId",
    text: "code displayName description manufacturer model account costOfSaleAccount assetAccount crossSaleGroup unitOfMeasure source externalId defaultAssetUrl budgetCostCode budgetCostType intacctGlGroupAccount",
    boolean: "active paysCommission taxable isInventory isConfigurableEquipment displayInAmount",
    number: "price memberPrice addOnPrice addOnMemberPrice bonus commissionBonus hours cost",
    object: "manufacturerWarranty serviceProviderWarranty primaryVendor dimensions",
    list: "categories assets recommendations upgrades equipmentMaterials otherVendors externalData variationsOrConfigurableEquipment variationEquipment",
    datetime: "createdOn modifiedOn",
    create:
      "equipmentMaterials recommendations upgrades code displayName description price memberPrice addOnPrice addOnMemberPrice active manufacturer model manufacturerWarranty serviceProviderWarranty assets categories primaryVendor otherVendors account costOfSaleAccount assetAccount intacctGlGroupAccount crossSaleGroup paysCommission bonus commissionBonus hours taxable cost unitOfMeasure isInventory externalData isConfigurableEquipment variationEquipment budgetCostCode budgetCostType dimensions",
    update:
      "code displayName description price memberPrice addOnPrice addOnMemberPrice active manufacturer model manufacturerWarranty serviceProviderWarranty assets recommendations upgrades equipmentMaterials categories primaryVendor otherVendors account costOfSaleAccount assetAccount intacctGlGroupAccount crossSaleGroup paysCommission bonus commissionBonus hours taxable cost unitOfMeasure isInventory externalData isConfigurableEquipment variationEquipment dimensions budgetCostCode budgetCostType",
    required: "code description",
  }),
  writeOnly: "intacctGlGroupAccount variationEquipment",
  references: { categories: "categories" },
  sorted: true,
  everything: { active: "Any" },
  getBy: "ids",
  externalData: true,
};

const categoriesOf: Declaration = {
  name: "categories",
  about: "The pricebook's categories; subcategories hang below their parents and are records of their own as well, by parentId.",
  module: "pricebook",
  list: "categories",
  feed: "export/categories",
  fields: fieldsOf({
    integer: "id parentId position",
    text: "name description image categoryType source externalId",
    boolean: "active hideInMobile",
    list: "subcategories businessUnitIds skuImages skuVideos",
    datetime: "createdOn modifiedOn",
    options: { categoryType: ["Services", "Materials"] },
    create: "name active description parentId position image categoryType businessUnitIds skuImages skuVideos",
    update: "name active description parentId position image categoryType businessUnitIds skuImages skuVideos",
    required: "name categoryType",
  }),
  references: { parentId: "categories", businessUnitIds: "business_units" },
  everything: { active: "Any" },
  getBy: "whole list",
};

export function services(api: Api): Stream {
  return streamOf(api, servicesOf, plainWrites(api, servicesOf, { renamed: { categoryIds: "categories" } }));
}

export function materials(api: Api): Stream {
  return streamOf(api, materialsOf, plainWrites(api, materialsOf, { clearable: "costTypeId" }));
}

export function equipment(api: Api): Stream {
  return streamOf(api, equipmentOf, plainWrites(api, equipmentOf));
}

export function categories(api: Api): Stream {
  return streamOf(api, categoriesOf, plainWrites(api, categoriesOf, { clearable: "parentId" }));
}

function idsOf(categories: unknown): readonly unknown[] {
  return Array.isArray(categories) ? categories.map((category: unknown) => (category as { readonly id?: unknown } | null)?.id) : [];
}
