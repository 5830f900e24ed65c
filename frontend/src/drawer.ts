// The drawer: a link with data-drawer shows its page at the right, beside what one was looking at.

import { ask } from "./asking";
import { holdsUnsent, markSent } from "./dirty";
import { htmx } from "./fragments";
import { word } from "./words";

interface State {
  drawer?: string;
}

let dialog: HTMLDialogElement | undefined;
let opener: HTMLElement | null = null;
let shown = "";

function make(): HTMLDialogElement {
  const made = document.createElement("dialog");
  made.className = "drawer";
  made.setAttribute("aria-label", word("drawer"));
  made.innerHTML =
    '<div class="drawer-bar"><button type="button" class="btn" data-close></button></div>' +
    '<div class="drawer-room" id="drawer" tabindex="-1"></div>';
  const button = made.querySelector<HTMLButtonElement>("[data-close]")!;
  button.textContent = word("close");
  button.addEventListener("click", leave);
  made.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  made.addEventListener("click", (event) => {
    if (event.target === made) leave();
  });
  document.body.append(made);
  return made;
}

function room(): HTMLElement {
  dialog ??= make();
  return dialog.querySelector<HTMLElement>("#drawer")!;
}

/** Close it as the button of the browser does; ask first when something typed would be lost. */
async function leave(): Promise<void> {
  if (holdsUnsent(room()) && !(await ask(word("leave"), word("leave-yes"), word("stay")))) return;
  for (const form of room().querySelectorAll("form")) markSent(form);
  if ((history.state as State | null)?.drawer) history.back();
  else close();
}

function close(): void {
  if (!dialog?.open) return;
  dialog.close();
  shown = "";
  room().replaceChildren();
  document.body.classList.remove("drawer-open");
  opener?.focus();
}

/** Show a page in the drawer; the browser's way back leads out of it. */
export async function openDrawer(address: string, from: HTMLElement | null = null): Promise<void> {
  if (!dialog?.open) opener = from ?? (document.activeElement as HTMLElement | null);
  history.pushState({ drawer: address } satisfies State, "");
  await load(address);
}

async function load(address: string): Promise<void> {
  const place = room();
  if (!dialog!.open) {
    place.replaceChildren(waiting());
    dialog!.showModal();
    document.body.classList.add("drawer-open");
  }
  shown = address;
  place.setAttribute("aria-busy", "true");
  let answer: Response;
  try {
    answer = await fetch(address, { headers: headers() });
  } catch {
    return fill(failed(word("offline"), address));
  }
  const redirect = answer.headers.get("HX-Redirect");
  if (redirect) return location.assign(redirect);
  if (shown !== address) return;
  const text = await answer.text();
  // A page that has no part of its own is opened as a page.
  if (/<html[\s>]/i.test(text)) {
    return answer.ok ? location.assign(address) : fill(failed(said(text), address));
  }
  shown = address;
  fill(text);
}

function headers(): Record<string, string> {
  return { "HX-Request": "true", "HX-Target": "drawer", "HX-Current-URL": location.href };
}

function said(page: string): string {
  const heading = new DOMParser().parseFromString(page, "text/html").querySelector("h1");
  return heading?.textContent?.trim() || word("refused");
}

function waiting(): HTMLElement {
  const line = document.createElement("p");
  line.className = "muted";
  line.textContent = word("waiting");
  return line;
}

function failed(text: string, address: string): HTMLElement {
  const part = document.createElement("div");
  const line = document.createElement("p");
  line.className = "notice error";
  line.textContent = text;
  const link = document.createElement("a");
  Object.assign(link, { className: "btn", href: address, textContent: word("page") });
  part.append(line, link);
  return part;
}

/** Put a part into the drawer, let the scripts of the desk see it, and go to its heading. */
function fill(part: string | HTMLElement): void {
  const place = room();
  if (typeof part === "string") place.innerHTML = part;
  else place.replaceChildren(part);
  place.removeAttribute("aria-busy");
  place.scrollTop = 0;
  settleAddresses(place);
  const heading = place.querySelector<HTMLElement>("h1");
  if (heading) {
    heading.id ||= "drawer-title";
    dialog!.setAttribute("aria-labelledby", heading.id);
  } else {
    dialog!.removeAttribute("aria-labelledby");
  }
  htmx.process(place);
  place.dispatchEvent(new CustomEvent("desk:shown", { bubbles: true }));
  const mistakes = place.querySelector<HTMLElement>("#mistakes");
  (mistakes ?? place).focus({ preventScroll: true });
}

/** Addresses that are relative to the page in the drawer, not to the one behind it. */
function settleAddresses(place: HTMLElement): void {
  const base = new URL(shown, location.href);
  for (const link of place.querySelectorAll<HTMLAnchorElement>("a[href^='?']")) {
    link.href = new URL(link.getAttribute("href")!, base).href;
    link.dataset.drawer = "";
  }
  for (const form of place.querySelectorAll<HTMLFormElement>("form")) {
    if (!form.getAttribute("action")) form.action = base.href;
  }
}

/** Send a form of the drawer: mistakes come back into it, success goes back to the page behind. */
async function send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const target = button?.getAttribute("formaction") ?? form.action;
  const body = new FormData(form, button);
  const isMultipart = form.enctype === "multipart/form-data";
  const sent = isMultipart ? body : new URLSearchParams([...body] as [string, string][]);
  let answer: Response;
  try {
    answer = await fetch(target, {
      method: "POST",
      body: sent,
      headers: headers(),
      redirect: "manual",
    });
  } catch {
    markSent(form, false);
    return showRefusal(form, word("offline"));
  }
  const redirect = answer.headers.get("HX-Redirect");
  if (redirect) return location.assign(redirect);
  if (answer.type === "opaqueredirect") {
    markSent(form);
    if (form.hasAttribute("data-stay")) return load(shown);
    history.replaceState(null, "");
    return location.reload();
  }
  const text = await answer.text();
  markSent(form, false);
  if (/<html[\s>]/i.test(text)) return showRefusal(form, said(text));
  fill(text);
}

function showRefusal(form: HTMLFormElement, text: string): void {
  const line = document.createElement("p");
  line.className = "notice error";
  line.setAttribute("role", "alert");
  line.textContent = text;
  form.querySelector(":scope > .notice")?.remove();
  form.prepend(line);
  form.dispatchEvent(new CustomEvent("desk:released"));
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export function drawers(): void {
  if ((history.state as State | null)?.drawer) history.replaceState(null, ""); // after a reload
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-drawer]");
    if (!link || !isPlain(event) || event.defaultPrevented) return;
    event.preventDefault();
    void openDrawer(link.href, link);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.closest("#drawer")) return;
    if (form.method !== "post" || form.hasAttribute("data-whole")) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
  // Before htmx, which takes every way back for its own.
  window.addEventListener("popstate", (event) => {
    const address = (event.state as State | null)?.drawer;
    if (!address && !dialog?.open) return;
    event.stopImmediatePropagation();
    if (address) void load(address);
    else close();
  });
}
