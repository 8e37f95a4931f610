import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["fieldwright-source"] },
  ssr: { resolve: { conditions: ["fieldwright-source"], externalConditions: ["fieldwright-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts", "examples/*/test/**/*.test.ts", "bench/test/**/*.test.ts"],
    globalSetup: ["test/postgres.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make timeouts likelier.
    maxWorkers: 2,
  },
});
