/** How the simulator's web app is laid out, as a person would declare it who looked at its pages. */
function pagesOf(path: string, fields: readonly string[]) {
  return {
    list: `/app/${path}?page={page}`,
    canary: { "table.records th": "Name Updated" },
    row: "tr.record",
    id: { select: "tr", attribute: "data-id" },
    updated: { select: "td.updated" },
    next: "a.next",
    detail: `/app/${path}/{id}`,
    detailCanary: "article.details",
    fields: Object.fromEntries(
      fields.map((name) => [name, { select: `dd.field-${name}`, ...(name === "name" ? { required: true } : {}) }]),
    ),
  };
}

export const webPages = {
  companies: pagesOf("companies", ["name", "type", "salesStatus", "streetAddress", "locality", "website"]),
  profiles: pagesOf("profiles", ["name", "email", "mobile", "companyId"]),
  services: pagesOf("services", ["name", "status", "price", "billedCompanyId"]),
};
