import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { Field } from "../field.js";
import { idAt, userCount, userId } from "../generated-record.js";
import type { Module } from "../modules.js";
import type { Org } from "../org.js";
import { refuse } from "../refusal.js";

/** What the organisation is made of: modules, fields, users, the recycle bin. */
export function addSettings(app: Hono, org: Org): void {
  app.get("/crm/v8/settings/modules", (c) => c.json({ modules: org.modules.map((module) => moduleRow(org, module)) }));
  app.get("/crm/v8/settings/modules/:name", (c) => {
    const found = org.modules.find((module) => module.name === c.req.param("name"));
    if (found === undefined) throw refuse("INVALID_MODULE", "the module name given seems to be invalid", { resource_path_index: 0 });
    return c.json({ modules: [moduleRow(org, found)] });
  });
  app.get("/crm/v8/settings/fields", (c) => {
    const name = c.req.query("module");
    if (name === undefined) throw refuse("REQUIRED_PARAM_MISSING", "required param is missing", { param_name: "module" });
    const { module } = org.table(name);
    return c.json({ fields: module.fields.map((field, place) => fieldRow(org, { module, field, place })) });
  });
  app.get("/crm/v8/users", (c) => {
    const all = Array.from({ length: userCount }, (_, index) => userRow(org, index));
    const users = c.req.query("type") === "CurrentUser" ? all.slice(0, 1) : all;
    const perPage = Number(c.req.query("per_page") ?? 200);
    const page = Number(c.req.query("page") ?? 1);
    const shown = users.slice((page - 1) * perPage, page * perPage);
    if (shown.length === 0) return c.body(null, 204);
    return c.json({ users: shown, info: { per_page: perPage, count: shown.length, page, more_records: page * perPage < users.length } });
  });
  app.get("/crm/v8/org", (c) =>
    c.json({ org: [{ id: idAt(901, 1), zgid: "70001", company_name: "Example Roofing", time_zone: "Asia/Kolkata", iso_code: "USD" }] }),
  );
  addRecycleBin(app, org);
}

function addRecycleBin(app: Hono, org: Org): void {
  app.get("/crm/v8/settings/recycle_bin", (c) => {
    const bin = org.deleted.filter((one) => one.type === "recycle");
    if (bin.length === 0) return c.body(null, 204);
    const rows = bin.map(({ record, module, name, atMs }) => ({
      id: record.id,
      display_name: name,
      deleted_time: org.moment(atMs),
      module: { api_name: module },
      owner: org.user(record.Owner),
      deleted_by: org.user(undefined),
    }));
    return c.json({ recycle_bin: rows, info: { per_page: rows.length, count: rows.length, page: 1, more_records: false } });
  });
  app.post("/crm/v8/settings/recycle_bin/:id{[0-9]+}/actions/restore", (c) => {
    const id = c.req.param("id");
    const at = org.deleted.findIndex((one) => one.record.id === id && one.type === "recycle");
    const found = org.deleted[at];
    if (found === undefined) throw refuse("INVALID_DATA", "the id given seems to be invalid", { resource_path_index: 2 });
    org.deleted.splice(at, 1);
    org.table(found.module).putBack(found.record);
    return c.json({ recycle_bin: [{ code: "SUCCESS", details: { id }, message: "record restored successfully", status: "success" }] });
  });
}

function moduleRow(org: Org, module: Module): DataRecord {
  return {
    id: idAt(902, module.number),
    api_name: module.name,
    module_name: module.name,
    singular_label: module.singular,
    plural_label: module.name,
    generated_type: module.generated,
    status: "visible",
    visibility: 1,
    visible: true,
    api_supported: true,
    creatable: true,
    editable: true,
    deletable: true,
    viewable: !org.settings.forbidden.has(module.name),
    sequence_number: module.number,
    recycle_bin_on_delete: true,
    parent_module: {},
    modified_by: null,
    modified_time: null,
    profiles: [{ name: "Administrator", id: idAt(903, 1) }],
  };
}

function fieldRow(org: Org, { module, field, place }: { module: Module; field: Field; place: number }): DataRecord {
  const writable = !field.readOnly;
  return {
    id: idAt(904 + module.number, place + 1),
    api_name: field.name,
    field_label: field.name.replaceAll("_", " "),
    display_label: field.name.replaceAll("_", " "),
    data_type: field.type,
    json_type: field.json,
    length: field.length,
    decimal_place: null,
    custom_field: field.custom ?? false,
    read_only: field.readOnly ?? false,
    field_read_only: field.readOnly ?? false,
    system_mandatory: field.mandatory ?? false,
    visible: true,
    virtual_field: false,
    filterable: true,
    sortable: true,
    searchable: true,
    unique: field.unique ? { casesensitive: "false" } : {},
    external: null,
    default_value: null,
    lookup: field.to === undefined ? {} : { module: { api_name: field.to, id: idAt(902, org.tableIfAny(field.to)?.module.number ?? 0) } },
    operation_type: { web_update: writable, api_create: writable, web_create: writable, api_update: writable },
    view_type: { view: true, edit: writable, create: writable, quick_create: false },
    pick_list_values: (field.picks ?? []).map((value, n) => ({
      id: idAt(950, n),
      display_value: value,
      actual_value: value,
      reference_value: value,
      sequence_number: n + 1,
      type: "used",
      colour_code: null,
    })),
  };
}

function userRow(org: Org, index: number): DataRecord {
  const { name, id, email } = org.user(userId(index));
  return {
    id,
    zuid: String(7001 + index),
    email,
    full_name: name,
    first_name: "User",
    last_name: String(index + 1),
    status: "active",
    confirm: true,
    role: { name: "CEO", id: idAt(905, 1) },
    profile: { name: "Administrator", id: idAt(903, 1) },
    time_zone: "Asia/Kolkata",
    offset: org.settings.offsetMinutes * 60_000,
    created_time: org.moment(Date.parse("2026-01-01T03:30:00Z")),
    Modified_Time: org.moment(Date.parse("2026-01-01T03:30:00Z")),
  };
}
