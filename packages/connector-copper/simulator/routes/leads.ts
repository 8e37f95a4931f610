import type { DataRecord } from "@fieldwright/connector-kit";
import type { Hono } from "hono";
import type { Account } from "../account.js";
import { createRecord, isHidden, updateRecord } from "../changes.js";
import type { CustomValue } from "../data/custom-values.js";
import { idFrom, invalid, notFound, Refusal } from "../refusal.js";
import { rendered } from "../render.js";
import { bodyOf } from "../request.js";

export function addLeads(app: Hono, account: Account): void {
  app.put("/leads/upsert", async (c) => {
    const { properties, match } = (await bodyOf(c)) as { readonly properties?: DataRecord; readonly match?: DataRecord };
    if (!properties || !match) throw invalid("Match", "can't be blank");
    const hits = account.kinds.leads.filter((lead) => !isHidden(account, "leads", lead) && fits(account, lead, match));
    if (hits.length > 1) {
      const named = hits.length <= 30 ? `: ${hits.map((lead) => lead.id).join(", ")}` : "";
      throw new Refusal(422, `Invalid input: Multiple leads match${named}`);
    }
    const [hit] = hits;
    const lead = hit
      ? updateRecord(account, "leads", { id: Number(hit.id), body: properties })
      : createRecord(account, "leads", properties);
    return c.json(rendered(account, "leads", lead));
  });
  app.post("/leads/:id/convert", async (c) => {
    const id = idFrom("lead_id", c.req.param("id"));
    const lead = account.kinds.leads.get(id);
    if (!lead || isHidden(account, "leads", lead)) throw notFound();
    const { details = {} } = (await bodyOf(c)) as { readonly details?: Details };
    return c.json(converted(account, lead, details));
  });
}

interface Details {
  readonly person?: DataRecord;
  readonly company?: DataRecord;
  readonly opportunity?: DataRecord;
}

function fits(account: Account, lead: DataRecord, { field_name, field_value }: DataRecord): boolean {
  if (field_name === "email") return (lead.email as DataRecord | null)?.email === field_value;
  if (field_name === "name") return lead.name === field_value;
  if (field_name !== "custom") throw invalid("Match", `Invalid value for Field Name: ${String(field_name)}`);
  const { custom_field_definition_id: id, value } = field_value as DataRecord;
  if (!account.definitions().find((one) => one.id === id && one.is_filterable && one.available_on.includes("lead")))
    throw invalid("Match", `Custom field ${String(id)} is not filterable`);
  return ((lead.custom_fields as readonly CustomValue[]) ?? []).some((one) => one.custom_field_definition_id === id && one.value === value);
}

function converted(account: Account, lead: DataRecord, { person, company, opportunity }: Details): DataRecord {
  const firm = companyFor(account, lead, company);
  const { email } = lead as { readonly email: DataRecord | null };
  const made = createRecord(account, "people", {
    name: lead.name,
    emails: email ? [email] : [],
    phone_numbers: lead.phone_numbers,
    ...(firm ? { company_id: firm.id } : {}),
    ...person,
  });
  const deal = opportunity ? createRecord(account, "opportunities", { primary_contact_id: made.id, ...opportunity }) : null;
  if (account.settings.convertedLeads === "removed") account.kinds.leads.remove(Number(lead.id));
  else
    account.kinds.leads.change(Number(lead.id), {
      converted_at: account.now(),
      converted_contact_id: made.id,
      converted_opportunity_id: deal?.id ?? null,
    });
  return {
    person: rendered(account, "people", made),
    company: firm ? rendered(account, "companies", firm) : null,
    opportunity: deal ? rendered(account, "opportunities", deal) : null,
  };
}

function companyFor(account: Account, lead: DataRecord, asked: DataRecord | undefined): DataRecord | undefined {
  if (asked?.id !== undefined) return account.kinds.companies.get(idFrom("company_id", asked.id));
  const name = asked?.name ?? lead.company_name;
  if (typeof name !== "string" || name === "") return undefined;
  return account.kinds.companies.filter((company) => company.name === name)[0] ?? createRecord(account, "companies", { name });
}
