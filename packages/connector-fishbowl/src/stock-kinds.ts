import { columns, type TableKind } from "./table-kind.js";

const named = columns(`
  id integer
  num text 70
  dateLastModified datetime
`);

export const parts: TableKind = {
  name: "parts",
  table: "part",
  about: "What is bought, made and stocked; what columns the server has.",
  columns: named,
};

export const products: TableKind = {
  name: "products",
  table: "product",
  about: "What is sold; most are a part. What columns the server has.",
  columns: named,
  references: { partId: "parts" },
};

export const vendors: TableKind = {
  name: "vendors",
  table: "vendor",
  about: "What columns the server has.",
  columns: columns(`
    id integer
    name text
    dateLastModified datetime
  `),
};

/** Named one by one: the table also keeps what opens the door. */
export const users: TableKind = {
  name: "users",
  table: "sysuser",
  about: "People who may sign in; salespeople of orders and customers are among them.",
  closed: true,
  columns: columns(`
    id integer
    userName text
    firstName text
    lastName text
    initials text
    email text
    activeFlag boolean
  `),
};
