import { defineConfig } from "vitest/config";

const conditions = ["fieldwright-source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["real-servers/payload/test/**/*.test.ts"],
    globalSetup: ["test/postgres.ts"],
    // Seeding creates some thousand records through the real API; the largest seed takes half a minute.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
