import type { Hono } from "hono";
import type { Account } from "../account.js";
import { isoText } from "../data/moment.js";
import { type ContactType, type CustomerStatus, contactTypes } from "../data/statuses.js";
import { standard } from "../envelopes.js";
import { type Body, invalid, numberOf, Refusal, requireKeys, textOf } from "../refusal.js";
import { bodyOf, idIn } from "../request.js";
import { statusOfTypeRow, statusRow } from "../rows/organisation-rows.js";
import { typeNamed } from "./organisation.js";

const maxShortName = 4;

export function addStatuses(app: Hono, account: Account): void {
  app.get("/api/contact-statuses", (c) => {
    const type = typeNamed(c.req.query("type"));
    return c.json(standard({ data: [...account.statuses.all()].filter((status) => status.type === type).map(statusOfTypeRow) }));
  });

  app.get("/api/customers/status", (c) => c.json(standard([...account.statuses.all()].map(statusRow))));

  app.post("/api/customers/status", async (c) => {
    const body = await bodyOf(c);
    const blank = account.statuses.record(account.statuses.nextIndex);
    const status = account.statuses.add({ ...blank, ...fieldsOf(body) });
    const now = isoText(account.nowMs());
    const result = {
      ...statusRow(status),
      userId: null,
      companyId: 58,
      statusOrder: account.statuses.size,
      createdAt: now,
      updatedAt: now,
    };
    return c.json(standard(result, "Status added successfully."));
  });

  app.patch("/api/customers/status/:id", async (c) => {
    const status = statusOr404(account, idIn(c));
    const changed = account.statuses.replace(status.id, { ...status, ...fieldsOf(await bodyOf(c)) });
    return c.json(standard(statusRow(changed), "Status updated successfully."));
  });

  app.delete("/api/customers/status/:id", (c) => {
    account.statuses.remove(statusOr404(account, idIn(c)).id);
    return c.json(standard({}, "Status deleted successfully."));
  });
}

function statusOr404(account: Account, id: number | undefined): CustomerStatus {
  const status = id === undefined ? undefined : account.statuses.get(id);
  if (!status) throw new Refusal(404, "Status not found.");
  return status;
}

function fieldsOf(body: Body): Pick<CustomerStatus, "statusName" | "shortName" | "type" | "statusShape" | "colour" | "iconName"> {
  requireKeys(body, ["statusName", "shortName", "type"]);
  const type = numberOf(body.type) ?? 0;
  if (contactTypes[type - 1] === undefined) throw invalid("type");
  const shortName = textOf(body.shortName) ?? "";
  if (shortName.length > maxShortName) throw new Refusal(400, `The short name may not be greater than ${maxShortName} characters.`);
  return {
    statusName: textOf(body.statusName) ?? "",
    shortName,
    type: type as ContactType,
    statusShape: textOf(body.statusShape) ?? "circle",
    colour: textOf(body.colour) ?? "#a1a1a1",
    iconName: textOf(body.iconName) ?? "",
  };
}
