import { type Call, type DataRecord, VendorError } from "@fieldwright/connector-kit";
import type { Api } from "./api.js";
import { type ZohoField, zohoFieldOf } from "./zoho-field.js";

/** A module with the fields that are read of it. */
export interface Module {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly ZohoField[];
  readonly creatable: boolean;
  readonly editable: boolean;
  readonly deletable: boolean;
}

/** All that the API shows, or those that the options name. Two of a kind are told apart by their API names. */
export async function loadModules(api: Api, call: Call): Promise<readonly Module[]> {
  const { modules: wanted } = api.options;
  const body = await api.get({ path: "/crm/v8/settings/modules" }, call);
  const rows = (Array.isArray(body?.modules) ? body.modules : []) as readonly DataRecord[];
  const chosen = rows.filter((row) => (wanted === undefined ? isReadable(row) : wanted.includes(String(row.api_name))));
  for (const name of wanted ?? [])
    if (!rows.some((row) => row.api_name === name))
      api.notice(`Zoho has no module "${name}". Modules go by their API names, with capitals.`);
  const loaded = await Promise.all(chosen.map((row) => loadModule(api, row, call)));
  return loaded.filter((module) => module !== undefined);
}

function isReadable(row: DataRecord): boolean {
  const isOfRecords = ["default", "custom"].includes(String(row.generated_type ?? "default"));
  return isOfRecords && row.api_supported !== false && row.viewable !== false && row.visible !== false;
}

async function loadModule(api: Api, row: DataRecord, call: Call): Promise<Module | undefined> {
  const name = String(row.api_name);
  const body = await fieldsOf(api, name, call);
  if (body === undefined) return undefined;
  const all = ((Array.isArray(body.fields) ? body.fields : []) as readonly DataRecord[]).map(zohoFieldOf);
  const only = api.options.fields[name];
  const alsoNeeded = ["id", "Modified_Time"];
  const fields = only === undefined ? all : all.filter((field) => only.includes(field.name) || alsoNeeded.includes(field.name));
  return {
    name,
    label: String(row.plural_label ?? name),
    fields: fields.filter((field) => field.name !== "id"),
    creatable: row.creatable !== false,
    editable: row.editable !== false,
    deletable: row.deletable !== false,
  };
}

/** A module that this user may not see must not keep the others from being read. */
async function fieldsOf(api: Api, name: string, call: Call): Promise<DataRecord | undefined> {
  try {
    return (await api.get({ path: "/crm/v8/settings/fields", query: { module: name } }, call)) ?? {};
  } catch (error) {
    if (!(error instanceof VendorError) || error.code !== "zoho/no-permission") throw error;
    api.notice(`${name} is left out: ${error.message} ${error.hint ?? ""}`.trim());
    return undefined;
  }
}
