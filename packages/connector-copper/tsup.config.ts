import { defineConfig } from "tsup";

export default defineConfig({
  // Named so that the output keeps the folders: dist/src/..., beside the declarations of tsc -b.
  entry: Object.fromEntries(["src/index.ts", "simulator/index.ts"].map((file) => [file.replace(/\.ts$/, ""), file])),
  format: ["esm"],
  dts: false,
  target: "node20",
  sourcemap: true,
  clean: true,
});
