import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

// Every file carries its content in its name and is asked for by that name alone, by the page and by
// other parts: under a second name it would run twice. The manifest tells Django the names. No
// source maps: the storage of static files would look for them.
// A service worker must be one script without imports, so `--mode worker` builds it by itself.
const NAMES = {
  entryFileNames: "[name]-[hash].js",
  chunkFileNames: "[name]-[hash].js",
  assetFileNames: "[name]-[hash][extname]",
};

export default defineConfig(({ mode }) => {
  const isWorker = mode === "worker";
  return {
    base: "./",
    publicDir: false,
    mode: "production",
    plugins: [vue()],
    // Templates are compiled here: a compiler in the browser would need `unsafe-eval`.
    define: {
      __VUE_OPTIONS_API__: false,
      __VUE_PROD_DEVTOOLS__: false,
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
      "process.env.NODE_ENV": JSON.stringify("production"),
    },
    build: {
      outDir: "../wenming/static/bundle",
      emptyOutDir: !isWorker,
      manifest: isWorker ? "worker.json" : "manifest.json",
      modulePreload: { polyfill: false },
      target: "es2022",
      chunkSizeWarningLimit: 1200,
      reportCompressedSize: false,
      rolldownOptions: {
        input: isWorker
          ? { "field-worker": "src/field/worker.ts" }
          : { desk: "src/desk.ts", matrix: "src/matrix.ts", field: "src/field/main.ts" },
        output: isWorker ? { ...NAMES, format: "iife" } : NAMES,
      },
    },
    worker: {
      format: "es",
      rolldownOptions: { output: { entryFileNames: "[name]-[hash].js" } },
    },
  };
});
