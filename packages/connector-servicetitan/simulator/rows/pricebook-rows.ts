import type { Place } from "../place.js";

const times = ({ id, createdOn, modifiedOn }: Place) => ({ id, createdOn, modifiedOn });

function sku(place: Place, letter: string) {
  const { random, index } = place;
  const price = random.integer(1000, 900_000) / 100;
  return {
    ...times(place),
    code: `${letter}${index + 1}`,
    displayName: random.words(3),
    description: `<p>${random.sentence()}</p>`,
    active: index % 16 !== 15,
    price,
    memberPrice: price,
    addOnPrice: price,
    addOnMemberPrice: price,
    hours: 1,
    bonus: 0,
    commissionBonus: 0,
    paysCommission: true,
    taxable: true,
    account: null,
    source: null,
    externalId: null,
    externalData: [],
    assets: [],
    cost: random.integer(100, 9000) / 100,
    defaultAssetUrl: null,
    budgetCostCode: null,
    budgetCostType: null,
  };
}

const stock = {
  unitOfMeasure: "each",
  isInventory: false,
  costOfSaleAccount: null,
  assetAccount: null,
  primaryVendor: null,
  otherVendors: [],
  displayInAmount: true,
  generalLedgerAccountId: null,
};

export function service(place: Place) {
  return {
    ...sku(place, "S"),
    warranty: null,
    categories: [{ id: place.ref("categories", place.index), name: "Repairs", active: true }],
    isLabor: false,
    recommendations: [],
    upgrades: [],
    serviceMaterials: [],
    serviceEquipment: [],
    crossSaleGroup: null,
    businessUnitId: null,
    soldByCommission: 0,
  };
}

export function material(place: Place) {
  return {
    ...sku(place, "M"),
    ...stock,
    deductAsJobCost: false,
    categories: [place.ref("categories", place.index)],
    isConfigurableMaterial: false,
    chargeableByDefault: true,
    variationsOrConfigurableMaterials: null,
    businessUnitId: null,
    createdById: 21,
    isOtherDirectCost: false,
    costTypeId: null,
  };
}

export function equipment(place: Place) {
  return {
    ...sku(place, "E"),
    ...stock,
    manufacturer: "Example Air",
    model: place.random.code(6),
    manufacturerWarranty: { duration: 12, description: "" },
    serviceProviderWarranty: { duration: 12, description: "" },
    categories: [place.ref("categories", place.index)],
    recommendations: [],
    upgrades: [],
    equipmentMaterials: [],
    crossSaleGroup: null,
    isConfigurableEquipment: false,
    variationsOrConfigurableEquipment: null,
    typeId: null,
    dimensions: null,
  };
}

export function category(place: Place) {
  const { index, random } = place;
  return {
    ...times(place),
    name: `${random.words(2)} ${index + 1}`,
    active: index % 20 !== 19,
    description: null,
    image: null,
    parentId: index % 3 === 2 ? place.ref("categories", index - 1) : null,
    position: index,
    categoryType: index % 2 === 0 ? "Services" : "Materials",
    subcategories: [],
    businessUnitIds: [],
    skuImages: [],
    skuVideos: [],
    source: null,
    externalId: null,
    hideInMobile: false,
  };
}
