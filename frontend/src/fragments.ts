// htmx: parts of a page are fetched and put in place; the page stays a page without it.

import htmx from "htmx.org";
import { say } from "./notices";

Object.assign(htmx.config, {
  includeIndicatorStyles: false, // an inserted style, which the security policy forbids
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  timeout: 30_000,
  historyCacheSize: 0, // pages hold what others must not find in the browser's store
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

interface Configured {
  elt: Element;
  headers: Record<string, string>;
}

/** Where the keyboard stands, so that it can stand there again after the part was replaced. */
let place: { part: string; selector: string; index: number } | undefined;

const FOCUSED = ["thead a", ".pager a", "summary"];

function remember(part: Element): void {
  place = undefined;
  const active = document.activeElement;
  if (!active || !part.contains(active) || active.id) return;
  for (const selector of FOCUSED) {
    const index = [...part.querySelectorAll(selector)].indexOf(active);
    if (index >= 0) place = { part: part.id, selector, index };
  }
}

function restore(): void {
  if (!place) return;
  const part = document.getElementById(place.part);
  const found = part?.querySelectorAll<HTMLElement>(place.selector)[place.index];
  (found ?? part?.querySelector<HTMLElement>(".table-room"))?.focus({ preventScroll: true });
  place = undefined;
}

export function fragments(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, headers } = (event as CustomEvent<Configured>).detail;
    // What asks again by itself is no sign that somebody sits there.
    if (elt.getAttribute("hx-trigger")?.startsWith("every")) headers["X-Polling"] = "yes";
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = (event as CustomEvent<{ target: Element }>).detail.target;
    if (part.id.startsWith("list-")) remember(part);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target as Element;
    if (!part.id.startsWith("list-")) return;
    restore();
    const total = part.querySelector(".total")?.textContent?.replace(/\s+/g, " ").trim();
    if (total) say(total);
  });
}

export { htmx };
