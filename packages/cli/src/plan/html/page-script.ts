/** What the page does: reads the rows that lie in it as data, and shows those that fit, some at a time. Text is only ever set as text. */
export const pageScript = `
"use strict";
(() => {
  const names = JSON.parse(document.getElementById("names").textContent);
  const rows = [];
  for (const block of document.querySelectorAll("script.rows")) {
    for (const row of JSON.parse(block.textContent)) rows.push(row);
    block.remove();
  }
  const find = (id) => document.getElementById(id);
  const [text, sync, operation, list, count, end] = ["text", "sync", "operation", "list", "count", "end"].map(find);
  const step = 100;
  const number = (value) => value.toLocaleString("en-US");
  let fitting = rows;
  let drawn = 0;

  const make = (tag, className, content) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined) element.textContent = content;
    return element;
  };

  const choose = (select, every, choices) => {
    for (const [value, label] of [["", every], ...choices]) {
      const option = make("option", "", label);
      option.value = value;
      select.append(option);
    }
  };
  const counted = (key) => {
    const sums = new Map();
    for (const row of rows) sums.set(row[key], (sums.get(row[key]) || 0) + 1);
    return sums;
  };
  const perSync = counted("s");
  const perOperation = counted("o");
  choose(sync, "every sync", names.syncs.map(({ name }, index) => [String(index), name + " (" + number(perSync.get(index) || 0) + ")"]));
  choose(operation, "every operation", names.operations.filter(({ name }) => perOperation.has(name)).map(({ name, sign }) => [name, sign + " " + name + " (" + number(perOperation.get(name)) + ")"]));
  if (names.syncs.length < 2) sync.hidden = true;

  const signs = new Map(names.operations.map(({ name, sign }) => [name, sign]));
  const tableOf = (row) => {
    const table = make("table");
    for (const [field, before, after, rule] of row.f) {
      const line = table.insertRow();
      line.append(make("th", "", field), make("td", "", row.o === "create" ? after : row.o === "delete" ? before : before + " → " + after), make("td", "", rule));
    }
    for (const [field, why, rule] of row.k) {
      const line = table.insertRow();
      line.append(make("th", "", field), make("td", "dim", why), make("td", "", rule));
    }
    return table;
  };
  const draw = (row) => {
    const { source, target } = names.syncs[row.s] || { source: "record", target: "record" };
    const article = make("article", row.o);
    const isNew = row.t === null && row.o === "create";
    const head = make("h3");
    head.append(make("span", "sign", signs.get(row.o) || ""));
    head.append((row.t !== null ? target + " " + row.t : isNew ? "new " + target : source + " " + row.id) + row.l);
    if ((row.t !== null || isNew) && row.t !== row.id) head.append(make("span", "dim", "  from " + source + " " + row.id));
    article.append(head);
    const why = [names.syncs.length > 1 ? names.syncs[row.s].name : "", row.o === "keep" ? "" : row.r, row.c || ""].filter(Boolean).join(" · ");
    if (why) article.append(make("p", "dim", why));
    if (row.f.length + row.k.length > 0) {
      if (isNew || row.o === "delete") {
        const details = make("details");
        details.append(make("summary", "", row.f.length + (row.f.length === 1 ? " field" : " fields")));
        // Only what is opened is drawn.
        details.addEventListener("toggle", () => details.append(tableOf(row)), { once: true });
        article.append(details);
      } else article.append(tableOf(row));
    }
    return article;
  };

  const more = () => {
    const next = fitting.slice(drawn, drawn + step);
    list.append(...next.map(draw));
    drawn += next.length;
    end.textContent = drawn < fitting.length ? number(fitting.length - drawn) + " more below" : fitting.length === 0 ? "Nothing fits." : "";
  };
  const textOf = (row) => (row.x ??= [...Object.values(names.syncs[row.s] ?? {}), row.o, row.id, row.t, row.c, row.r, row.f.flat().join(" "), row.k.flat().join(" ")].join(" ").toLowerCase());
  const filter = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    fitting = rows.filter((row) => (sync.value === "" || row.s === Number(sync.value)) && (operation.value === "" || row.o === operation.value) && words.every((word) => textOf(row).includes(word)));
    count.textContent = fitting.length === rows.length ? number(rows.length) + " records" : number(fitting.length) + " of " + number(rows.length) + " records";
    list.replaceChildren();
    drawn = 0;
    more();
  };

  let soon;
  text.addEventListener("input", () => { clearTimeout(soon); soon = setTimeout(filter, 150); });
  for (const select of [sync, operation]) select.addEventListener("change", filter);
  find("filter").addEventListener("submit", (event) => event.preventDefault());
  new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting) && drawn < fitting.length) more(); }, { rootMargin: "800px" }).observe(end);
  filter();
})();
`;
