import { defineConfig } from "vite";

// Every file carries its content in its name and is asked for by that name alone, by the page and by
// other parts: under a second name it would run twice. The manifest tells Django the names. No
// source maps: the storage of static files would look for them.
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
      input: { desk: "src/desk.ts", matrix: "src/matrix.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  worker: {
    format: "es",
    rolldownOptions: { output: { entryFileNames: "[name]-[hash].js" } },
  },
});
