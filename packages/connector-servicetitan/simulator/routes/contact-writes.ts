import type { Context, Hono } from "hono";
import { bodyAs } from "../body.js";
import { booleanOf } from "../feed.js";
import { notFound } from "../problem.js";
import type { Row } from "../store.js";
import type { Note, Tenant } from "../tenant.js";
import { existing, nothing } from "./changing.js";
import { existingParent } from "./crm-writes.js";
import { route } from "./reads.js";

const contactTypes = { type: ["Phone", "Email", "Fax", "MobilePhone"] };
const owners = {
  customers: { kind: "customer_contacts", field: "customerId" },
  locations: { kind: "location_contacts", field: "locationId" },
} as const;

export function addContactWrites(app: Hono, tenant: Tenant): void {
  for (const [parent, { kind, field }] of Object.entries(owners) as [keyof typeof owners, (typeof owners)[keyof typeof owners]][]) {
    const below = route(`crm/${parent}/:owner/contacts`);
    const own = ({ req }: Context): Row => {
      const row = existing(tenant, kind, req.param("id") as string);
      if (String(row[field]) !== req.param("owner")) throw notFound(`Contact ${row.id} of ${req.param("owner")}`);
      return row;
    };
    app.post(below, async ({ req }) => {
      const owner = existing(tenant, parent, req.param("owner") as string);
      const body = await bodyAs(req.raw, { string: "type value memo", enums: contactTypes, required: "type value", nullable: "memo" });
      const contact = {
        ...body,
        memo: body.memo ?? null,
        phoneSettings: { phoneNumber: body.type === "Email" ? "" : body.value, doNotText: false },
        preferences: null,
        active: true,
      };
      const row = tenant.add(kind, { ...contact, [field]: owner.id });
      // A location's contact is copied to its customer, as a record of its own.
      if (parent === "locations") tenant.add("customer_contacts", { ...contact, customerId: owner.customerId });
      return Response.json(bare(row, field));
    });
    app.patch(`${below}/:id`, async (context) => {
      const row = own(context);
      const set = await bodyAs(context.req.raw, { string: "type value memo", object: "preferences", enums: contactTypes });
      return Response.json(bare(tenant.change(kind, row.id, set), field));
    });
    app.delete(`${below}/:id`, (context) => {
      tenant.remove(kind, own(context).id);
      return nothing();
    });
  }
}

/** As the contacts of one customer are shown: they are known to be its own. */
function bare(row: Row, field: string): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== field && name !== "active"));
}

export function addNoteWrites(app: Hono, tenant: Tenant): void {
  for (const parent of ["customers", "locations", "leads"] as const) {
    const below = route(`crm/${parent}/:owner/notes`);
    const notesOf = (owner: string): Note[] => {
      const name = `${parent} ${owner}`;
      const notes = tenant.notes.get(name) ?? [];
      tenant.notes.set(name, notes);
      return notes;
    };
    app.get(below, ({ req }) => {
      const query = new URL(req.url).searchParams;
      existing(tenant, parent, req.param("owner") as string);
      const data = notesOf(req.param("owner") as string);
      return Response.json({
        page: 1,
        pageSize: Number(query.get("pageSize") ?? 50),
        hasMore: false,
        totalCount: booleanOf(query, "includeTotal") ? data.length : null,
        data,
      });
    });
    app.post(below, async ({ req }) => {
      const owner = existingParent(tenant, parent, req.param("owner"));
      const { text, pinToTop } = await bodyAs(req.raw, {
        string: "text",
        boolean: "pinToTop addToLocations",
        required: "text",
        nullable: "*",
      });
      const at = tenant.now();
      const note: Note = {
        id: tenant.nextNoteId(),
        text: String(text),
        isPinned: pinToTop === true,
        createdById: 21,
        createdOn: at,
        modifiedOn: at,
      };
      notesOf(String(owner.id)).push(note);
      return Response.json(note);
    });
    if (parent === "leads") continue;
    app.delete(`${below}/:id`, ({ req }) => {
      const notes = notesOf(req.param("owner") as string);
      const index = notes.findIndex((note) => String(note.id) === req.param("id"));
      if (index === -1) throw notFound(`Note ${req.param("id")}`);
      notes.splice(index, 1);
      return nothing();
    });
  }
}
