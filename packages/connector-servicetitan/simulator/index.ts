import { type RateLimit, type Simulator, startSimulator } from "@fieldwright/connector-kit/testing";
import { Hono } from "hono";
import { gate } from "./gate.js";
import { type ServiceTitanSimulatorOptions, type Settings, settingsOf } from "./options.js";
import { Problem, problemAnswer } from "./problem.js";
import { addAppointmentWrites } from "./routes/appointment-writes.js";
import { addCatalogWrites } from "./routes/catalog-writes.js";
import { addContactWrites, addNoteWrites } from "./routes/contact-writes.js";
import { addCrmWrites } from "./routes/crm-writes.js";
import { addJobWrites } from "./routes/job-writes.js";
import { addBookingWrites, addLeadWrites } from "./routes/lead-writes.js";
import { addReads } from "./routes/reads.js";
import { addSalesWrites } from "./routes/sales-writes.js";
import { tablesOf } from "./tables.js";
import { createTenant, type Tenant } from "./tenant.js";
import { startTokens, type Tokens } from "./tokens.js";

export type { ServiceTitanSimulatorOptions, Sizes } from "./options.js";
export { type Delivery, retrySchedule, type WebhookEvent, webhookDelivery } from "./webhook.js";

export interface ServiceTitanSimulator extends Simulator {
  /** How many tokens were given out, and a way to make all of them bad. */
  readonly tokens: Pick<Tokens, "given" | "revoke">;
  /** Cancellations with their reasons. */
  readonly canceledLog: Tenant["canceledLog"];
}

/** A ServiceTitan tenant on this machine, with the vendor's oddities. */
export async function createSimulator(options: ServiceTitanSimulatorOptions = {}): Promise<ServiceTitanSimulator> {
  const settings = settingsOf(options);
  const tenant = createTenant(settings);
  const tokens = await startTokens(settings);
  const app = appOf(tenant, tokens);
  const { clientId, clientSecret, appKey } = settings.credentials;
  const server = await startSimulator({
    handler: (request) => app.fetch(request),
    options: (url) => ({ tenantId: settings.tenantId, clientId, clientSecret, appKey, apiUrl: url, tokenUrl: tokens.url }),
    secrets: [clientSecret, appKey],
    clock: settings.clock,
    rateLimit: limitOf(settings),
    tables: tablesOf(tenant),
    answers: {
      refused: () => tooMany(0),
      broken: () => problemAnswer(500, "An unexpected error has occurred."),
      unauthorized: () => problemAnswer(401, "Unauthorized"),
    },
    port: settings.port,
  }).catch(async (error: unknown) => {
    await tokens.close();
    throw error;
  });
  if (settings.rateLimit === false) server.limitTo?.("none");
  const closeServer = server.close.bind(server);
  return Object.assign(server, {
    tokens,
    canceledLog: tenant.canceledLog,
    close: async () => {
      await Promise.all([closeServer(), tokens.close()]);
    },
  });
}

export { createSimulator as createServiceTitanSimulator };

function appOf(tenant: Tenant, tokens: Tokens): Hono {
  const app = new Hono();
  app.use(async ({ req }, next) => gate(tenant.settings, tokens, req.raw) ?? (await next()));
  addReads(app, tenant);
  addCrmWrites(app, tenant);
  addLeadWrites(app, tenant);
  addBookingWrites(app, tenant);
  addContactWrites(app, tenant);
  addNoteWrites(app, tenant);
  addJobWrites(app, tenant);
  addAppointmentWrites(app, tenant);
  addSalesWrites(app, tenant);
  addCatalogWrites(app, tenant);
  app.notFound(() => problemAnswer(404, "Not Found"));
  app.onError((error) => {
    if (error instanceof Problem) return problemAnswer(error.status, error.message, { errors: error.errors });
    return problemAnswer(500, `The simulator failed: ${error.message}`);
  });
  return app;
}

function limitOf(settings: Settings): RateLimit {
  return { ...(settings.rateLimit || { requests: 60, perSeconds: 1 }), window: "sliding", onLimit: (seconds) => tooMany(seconds) };
}

/** Both hints: in the header, and in the sentence that some clients read. */
function tooMany(seconds: number): Response {
  return problemAnswer(429, `Rate limit is exceeded. Try again in ${seconds} seconds.`, { headers: { "retry-after": String(seconds) } });
}
