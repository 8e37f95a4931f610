import type { Hono } from "hono";

/** The framework's page for a browser, sent to whoever does not ask for JSON first. */
export function errorPage(status: number, title: string): string {
  return `<!DOCTYPE html>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}</title>
    </head>
    <body class="antialiased">
        <div class="relative flex items-top justify-center min-h-screen">
            <div class="px-4 text-lg border-r">${status}</div>
            <div class="ml-4 text-lg uppercase">${title}</div>
        </div>
    </body>
</html>
`;
}

/** The framework answers in JSON when the first kind in `Accept` is one of JSON's. */
export function wantsJson(accept: string | undefined): boolean {
  const first = (accept ?? "").split(",")[0] ?? "";
  return first.includes("/json") || first.includes("+json");
}

/** Which methods the routes know for a path that was asked for with another one. */
export function methodsFor(app: Hono, path: string): readonly string[] {
  const methods = new Set<string>();
  for (const route of app.routes) {
    if (route.method === "ALL") continue;
    const pattern = new RegExp(`^${route.path.replaceAll(/:[a-zA-Z]+/g, "[^/]+")}$`);
    if (!pattern.test(path)) continue;
    methods.add(route.method);
    if (route.method === "GET") methods.add("HEAD");
  }
  return [...methods];
}
