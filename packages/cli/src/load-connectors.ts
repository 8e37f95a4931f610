import type { Connector } from "@fieldwright/connector-kit";
import { FieldwrightError, type Project } from "@fieldwright/core";
import { loadPackage } from "./load-package.js";

/** The connector of each connection, by the connection's name. */
export async function loadConnectors(project: Project): Promise<Readonly<Record<string, Connector>>> {
  const found = await Promise.all(
    Object.entries(project.connections).map(
      async ([name, settings]) => [name, await loadConnector(settings.package, project.folder)] as const,
    ),
  );
  return Object.fromEntries(found);
}

async function loadConnector(name: string, folder: string): Promise<Connector> {
  const module = await loadPackage(name, folder);
  if (module === undefined) {
    throw new FieldwrightError("project/connector-missing", `The connector package ${name} is not installed.`, {
      hint: `Run \`npm install ${name}\` in ${folder}.`,
    });
  }
  if (!isConnector(module.default)) {
    throw new FieldwrightError("project/not-a-connector", `The package ${name} is installed, but its default export is no connector.`, {
      hint: "Check the name under `package:` in fieldwright.yaml, or update the package.",
    });
  }
  return module.default;
}

function isConnector(value: unknown): value is Connector {
  return typeof value === "object" && value !== null && typeof (value as { open?: unknown }).open === "function";
}
