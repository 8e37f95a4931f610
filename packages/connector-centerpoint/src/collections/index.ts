import {
  buildingDivisions,
  buildingOutlines,
  buildingPhotos,
  buildings,
  notes,
  productionDays,
  productionItems,
  productionMaterials,
  products,
  tasks,
  workTimeEntries,
} from "./field-work.js";
import { files, modelFiles } from "./files.js";
import { opportunities, productions, services } from "./jobs.js";
import { lists } from "./lists.js";
import { invoices, purchaseOrders, serviceAgreements, transactions, warranties } from "./money.js";
import { companies, employees, profiles, properties } from "./people.js";

export const collections = [
  companies,
  profiles,
  employees,
  properties,
  opportunities,
  services,
  productions,
  invoices,
  transactions,
  serviceAgreements,
  warranties,
  tasks,
  purchaseOrders,
  workTimeEntries,
  productionDays,
  productionItems,
  productionMaterials,
  products,
  ...lists,
  files,
  modelFiles,
  notes,
  buildings,
  buildingOutlines,
  buildingDivisions,
  buildingPhotos,
];
