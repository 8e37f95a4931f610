import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
}

interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
}

export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: string;
}

interface Route {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly method: string;
  readonly operation: Operation;
  readonly file: string;
  readonly template: string;
}

const folder = join(dirname(fileURLToPath(import.meta.url)), "schema");
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
addFormats.default(ajv);
// Formats that the vendor uses and the standard does not know: each is checked as what it is made of.
for (const format of ["decimal", "html", "multiline", "phone", "guid"]) ajv.addFormat(format, true);

const routes = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .flatMap(routesOf);

const compiled = new Map<string, ValidateFunction>();

function routesOf(file: string): readonly Route[] {
  const description = JSON.parse(readFileSync(join(folder, file), "utf8")) as Description;
  ajv.addSchema({ $id: file, components: withNull(description.components) as Json });
  const base = new URL(description.servers[0]?.url ?? "").pathname;
  return Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
      const pattern = new RegExp(`^${(base + path).replace(/\{\w+\}/g, "([^/]+)")}$`);
      return { pattern, names, method: method.toUpperCase(), operation, file, template: path };
    }),
  );
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says that null is one of the types; otherwise the two agree here. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withNull(part)]));
  return nullable === true ? { anyOf: [rest, { type: "null" }] } : rest;
}

/** In what an exchange is not what the vendor's description says. */
export function judge(exchange: Exchange): readonly string[] {
  const url = new URL(exchange.path, "http://example.test");
  // A path of its own comes before one with a parameter in the same place.
  const fitting = routes.filter((route) => route.method === exchange.method && route.pattern.test(url.pathname));
  const route = fitting.sort((a, b) => a.names.length - b.names.length)[0];
  const where = `${exchange.method} ${url.pathname}`;
  if (route === undefined) return [`${where} is not in the vendor's description`];
  return [...ofParameters(route, url), ...ofRequest(route, exchange), ...ofResponse(route, exchange)].map((text) => `${where}: ${text}`);
}

function ofParameters({ operation, pattern, names, file, template, method }: Route, url: URL): readonly string[] {
  const declared = operation.parameters ?? [];
  const inPath = pattern.exec(url.pathname)?.slice(1) ?? [];
  const given = [
    ...names.map((name, index) => ["path", name, inPath[index] ?? ""] as const),
    ...[...url.searchParams].map(([name, value]) => ["query", name, value] as const),
  ];
  return given.flatMap(([place, name, text]) => {
    const parameter = declared.find((one) => one.in === place && one.name === name);
    if (parameter === undefined) return [`there is no ${place} parameter ${name}`];
    const schema = withNull(parameter.schema) as Json;
    const validate = validator(`${file} ${method} ${template} ${place} ${name}`, file, schema);
    return [text, asValue(text)].some((value) => validate(value))
      ? []
      : [`${name}=${text} is not what the parameter takes: ${ajv.errorsText(validate.errors)}`];
  });
}

function asValue(text: string): unknown {
  return /^(true|false|-?\d+(\.\d+)?)$/.test(text) ? JSON.parse(text) : text;
}

function ofRequest({ operation, file, template, method }: Route, { requestBody }: Exchange): readonly string[] {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  if (schema === undefined) return requestBody === "" ? [] : ["it takes no body"];
  const validate = validator(`${file} ${method} ${template} request`, file, schema);
  const body: unknown = requestBody === "" ? undefined : JSON.parse(requestBody);
  const wrong = validate(body) ? [] : [`the body is wrong: ${ajv.errorsText(validate.errors)}`];
  return [
    ...wrong,
    ...unknownNames(file, schema, body).map((name) => `the body has ${name}, which the vendor does not know and would drop`),
  ];
}

function ofResponse({ operation, file, template, method }: Route, { status, responseBody }: Exchange): readonly string[] {
  const response = operation.responses[String(status)];
  if (response === undefined) return [`status ${status} is not described`];
  const schema = Object.values(response.content ?? {})[0]?.schema;
  if (schema === undefined) return responseBody === "" ? [] : ["the answer should be empty"];
  if (responseBody === "") return ["the answer should not be empty"];
  const validate = validator(`${file} ${method} ${template} ${status}`, file, schema);
  return validate(JSON.parse(responseBody)) ? [] : [`the answer is wrong: ${ajv.errorsText(validate.errors).slice(0, 600)}`];
}

/** Requests may hold more than is described; the vendor drops it. */
function unknownNames(file: string, schema: Json, body: unknown): readonly string[] {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  const known = propertiesOf(file, schema);
  return Object.keys(body).filter((name) => !known.has(name));
}

function propertiesOf(file: string, schema: Json): ReadonlySet<string> {
  const target =
    typeof schema.$ref === "string"
      ? (ajv.getSchema(`${file}#/components/schemas/${schema.$ref.split("/").at(-1)}`)?.schema as Json)
      : schema;
  const parts = [target.oneOf, target.allOf, target.anyOf].flatMap((list) => (Array.isArray(list) ? (list as Json[]) : []));
  return new Set([...Object.keys((target.properties ?? {}) as Json), ...parts.flatMap((part) => [...propertiesOf(file, part)])]);
}

function validator(name: string, file: string, schema: Json): ValidateFunction {
  const known = compiled.get(name) ?? ajv.compile(rooted(file, withNull(schema)) as Json);
  compiled.set(name, known);
  return known;
}

/** References lead into the file that they stand in. */
function rooted(file: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => rooted(file, part));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === "$ref" ? `${file}${String(part)}` : rooted(file, part)]),
  );
}
