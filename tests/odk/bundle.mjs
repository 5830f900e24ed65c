// Puts enketo-core and its transformer into one script for a browser. Usage: bundle.mjs FOLDER.
import { resolve } from "node:path";
import { build } from "../../frontend/node_modules/vite/dist/node/index.js";

const core = resolve(import.meta.dirname, "node_modules/enketo-core");
const parts = {
  "enketo/config": "config.js",
  "enketo/widgets": "src/js/widgets.js",
  "enketo/translator": "src/js/fake-translator.js",
  "enketo/dialog": "src/js/fake-dialog.js",
  "enketo/file-manager": "src/js/file-manager.js",
  "enketo/xpath-evaluator-binding": "src/js/xpath-evaluator-binding.js",
};
await build({
  root: import.meta.dirname,
  configFile: false,
  logLevel: "error",
  publicDir: false,
  resolve: { alias: Object.entries(parts).map(([find, place]) => ({ find, replacement: resolve(core, place) })) },
  define: { "process.env.NODE_ENV": JSON.stringify("production"), global: "globalThis" },
  build: {
    outDir: process.argv[2],
    emptyOutDir: false,
    minify: false,
    lib: { entry: resolve(import.meta.dirname, "enketo.mjs"), formats: ["iife"], name: "enketo", fileName: () => "enketo.js" },
  },
});
process.stdout.write("{}");
