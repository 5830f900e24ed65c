import { defineConfig } from "vite";

// Entries keep their names, so that a page asks for bundle/desk.js; Django names them by content.
// What they share lies in chunks that carry their content in their names. No source maps: the
// storage of static files would look for them.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../wenming/static/bundle",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { api: "src/api.ts", desk: "src/desk.ts", matrix: "src/matrix.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "parts/[name]-[hash].js",
        assetFileNames: "parts/[name]-[hash][extname]",
      },
    },
  },
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: "parts/[name]-[hash].js" } },
  },
});
