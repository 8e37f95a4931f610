#!/usr/bin/env node
import { parseArgs } from "node:util";
import { createSimulator, type RepcardSimulatorOptions, type Sizes } from "./index.js";

const help = `Starts a RepCard company on this machine and prints {"url","options"} as one line of JSON.

  --customers N --users N --offices N --teams N --appointments N --status-logs N
  --customer-attachments N --appointment-attachments N --companies N --calendars N --notes N
  --seed N            another company
  --until DAY         last day of its history, YYYY-MM-DD
  --port P            the API's port; the files are on the next one
  --api-key KEY       instead of a generated one
  --no-rate-limit     instead of 100 requests in 60 seconds
  --page-size-limit N instead of 100
  --customer-fields A,B  with --prerendered: only these fields of a customer
  --prerendered       render all customers before the first request, for load tests
`;

const sizeNames = {
  companies: "companies",
  offices: "offices",
  teams: "teams",
  users: "users",
  customers: "customers",
  appointments: "appointments",
  "status-logs": "statusLogs",
  "customer-attachments": "customerAttachments",
  "appointment-attachments": "appointmentAttachments",
  calendars: "calendars",
  notes: "notes",
} as const satisfies Record<string, keyof Sizes>;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const sizeOptions = Object.fromEntries(Object.keys(sizeNames).map((name) => [name, text]));

await main();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...sizeOptions,
      seed: text,
      until: text,
      port: text,
      "api-key": text,
      "no-rate-limit": flag,
      "page-size-limit": text,
      prerendered: flag,
      "customer-fields": text,
      help: flag,
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const simulator = await createSimulator(optionsFrom(values));
  simulator.warm();
  process.stdout.write(`${JSON.stringify({ url: simulator.url, options: simulator.options })}\n`);
  const stop = (): void => void simulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function optionsFrom(values: Readonly<Record<string, unknown>>): RepcardSimulatorOptions {
  const sizes: { -readonly [K in keyof Sizes]?: number } = {};
  for (const [name, size] of Object.entries(sizeNames)) {
    if (values[name] !== undefined) sizes[size] = wholeNumber(name, values[name]);
  }
  return {
    sizes,
    prerendered: values.prerendered === true,
    ...(values["customer-fields"] === undefined ? {} : { customerFields: String(values["customer-fields"]).split(",") }),
    ...(values.seed === undefined ? {} : { seed: wholeNumber("seed", values.seed) }),
    ...(values.until === undefined ? {} : { until: String(values.until) }),
    ...(values.port === undefined ? {} : { port: wholeNumber("port", values.port) }),
    ...(values["api-key"] === undefined ? {} : { apiKey: String(values["api-key"]) }),
    ...(values["page-size-limit"] === undefined ? {} : { pageSizeLimit: wholeNumber("page-size-limit", values["page-size-limit"]) }),
    ...(values["no-rate-limit"] === true ? { rateLimit: false } : {}),
  };
}

function wholeNumber(name: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  process.stderr.write(`--${name} takes a whole number, not "${String(value)}".\n`);
  process.exit(2);
}
