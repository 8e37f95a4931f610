import { kind } from "../kind.js";
import { idText } from "./people.js";

const priced = { create: true, update: true, delete: true, required: ["name", "domain"], oneOf: { domain: ["Service", "Sales"] } } as const;

export const materials = kind({
  path: "materials",
  filters: ["isChild", "manufacturer"],
  write: priced,
  row: (draw) => ({
    attributes: {
      name: `Material ${draw.index + 1}`,
      domain: "Service",
      externalId: null,
      units: "SQ",
      unitPrice: draw.money(200, 1),
      description: null,
      correction: null,
      corrected: null,
    },
    relations: {},
  }),
});

export const productTemplates = kind({
  path: "product_templates",
  filters: ["domain"],
  write: priced,
  row: (draw) => ({
    attributes: {
      name: `Template ${draw.index + 1}`,
      domain: "Service",
      externalId: null,
      units: "EA",
      unitPrice: draw.money(200, 1),
      description: null,
      correction: null,
      corrected: null,
    },
    relations: {},
  }),
});

export const productTemplateTags = kind({
  path: "product_template_tags",
  single: false,
  row: (draw) => ({ attributes: { name: `Roof type ${draw.index + 1}` }, relations: {} }),
});

export const costCodes = kind({
  path: "cost_codes",
  write: { create: true, update: true, delete: true, required: ["name", "code"] },
  row: (draw) => ({
    attributes: { name: `Cost code ${draw.index + 1}`, code: `C${draw.index + 1}`, workTimeEntryType: "Labor" },
    relations: {},
  }),
});

export const taxCodes = kind({
  path: "tax_codes",
  write: { create: true, update: true, delete: true, required: ["title", "code"] },
  row: (draw) => ({ attributes: { title: `Tax ${draw.index + 1}`, code: `T${draw.index + 1}`, percent: draw.money(9, 1) }, relations: {} }),
});

export const budgetTypes = kind({
  path: "budget_types",
  write: { create: true, update: true, required: ["name", "code", "color"] },
  row: (draw) => ({ attributes: { name: `Budget type ${draw.index + 1}`, code: `B${draw.index + 1}`, color: "#336699" }, relations: {} }),
});

export const budget = kind({
  path: "budget",
  filters: ["productionId"],
  single: false,
  row: (draw) => ({
    attributes: { name: `Budget ${draw.index + 1}`, productionId: draw.some("productions", 1), amount: draw.money(9_000, 2) },
    relations: {},
  }),
});

export const locations = kind({
  path: "locations",
  updatedFilter: false,
  row: (draw) => ({ attributes: { name: `Branch ${draw.index + 1}` }, relations: {} }),
});

export const files = kind({
  path: "files",
  updatedFilter: false,
  write: { update: true },
  row: (draw) => ({
    attributes: {
      title: `photo-${draw.index + 1}.jpg`,
      url: `/${draw.index + 1}.jpg`,
      thumbnailUrl: `/${draw.index + 1}-small.jpg`,
      mimeType: "image/jpeg",
      variety: "image",
      width: 640,
      height: 480,
      latitude: null,
      longitude: null,
    },
    relations: {},
  }),
});

export const modelFiles = kind({
  path: "model_files",
  relationTypes: { file: "files" },
  filters: ["subjectId", "subjectType", "tag"],
  single: false,
  row(draw) {
    const file = draw.some("files", 1);
    return {
      attributes: {
        tag: draw.pick(["Photos", "Documents"], 2),
        subjectType: "properties",
        subjectId: draw.some("properties", 3),
        fileId: file,
      },
      relations: { file: idText(file) },
    };
  },
});
