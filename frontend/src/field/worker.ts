// The service worker: keeps the app itself, so that it opens without network. Data it never touches.

import { cleanupOutdatedCaches, addPlugins, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: {
  shell: { url: string; revision: string | null }[];
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: string, listener: (event: { waitUntil(work: Promise<void>): void }) => void): void;
};

// The log-in page must never be kept in place of the app.
addPlugins([{ cacheWillUpdate: async ({ response }) => (response.ok && !response.redirected ? response : null) }]);
precacheAndRoute(self.shell);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/field/"), { allowlist: [/^\/field\/(\?.*)?$/] }),
);
self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
