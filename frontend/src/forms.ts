// Forms: sent once, mistakes found at once, what is typed kept as a draft.

import { ask } from "./asking";
import { markSent, rememberForms } from "./dirty";
import { word } from "./words";

const AGAIN_MS = 8000; // a form whose answer is a file leaves its page standing
const PAUSE_MS = 1000;

const busy = new WeakSet<HTMLFormElement>();

function buttonsOf(form: HTMLFormElement): HTMLButtonElement[] {
  const all = [...form.elements].filter((each) => each instanceof HTMLButtonElement);
  return all.filter((each) => each.type === "submit");
}

function hold(form: HTMLFormElement): void {
  busy.add(form);
  for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
  window.setTimeout(() => release(form), AGAIN_MS);
}

function release(form: HTMLFormElement): void {
  busy.delete(form);
  for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (busy.has(form)) {
    event.preventDefault();
    return;
  }
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.confirmed) {
    event.preventDefault();
    void confirmThen(form, event.submitter, question);
    return;
  }
  delete form.dataset.confirmed;
  markSent(form);
  hold(form);
}

async function confirmThen(form: HTMLFormElement, button: HTMLElement | null, question: string) {
  const yes = button?.textContent?.trim() || word("yes");
  if (!(await ask(question, yes))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(button);
}

function focusMistakes(root: ParentNode): void {
  root.querySelector<HTMLElement>("#mistakes")?.focus();
}

/** A link of the summary leads into its field, not only near it. */
function goToField(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("#mistakes a[href^='#']");
  if (!link) return;
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const field = place?.matches("input, select, textarea")
    ? place
    : place?.querySelector<HTMLElement>("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  const shown = field.hidden ? document.getElementById(`${field.id}-search`) : field;
  (shown as HTMLElement | null)?.focus();
}

// Drafts

const waiting = new WeakMap<HTMLFormElement, number>();

function onInput(event: Event): void {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  window.clearTimeout(waiting.get(form));
  waiting.set(form, window.setTimeout(() => void keep(form), PAUSE_MS));
}

async function keep(form: HTMLFormElement, isLeaving = false): Promise<void> {
  window.clearTimeout(waiting.get(form));
  waiting.delete(form);
  if (busy.has(form)) return;
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const token = typed.find(([name]) => name === "csrfmiddlewaretoken")?.[1];
  const fields = typed.filter(([name]) => name !== "csrfmiddlewaretoken");
  try {
    const answer = await fetch(form.dataset.draft!, {
      method: "POST",
      body: new URLSearchParams(fields as [string, string][]),
      headers: { "X-CSRFToken": String(token), "HX-Request": "true" },
      keepalive: isLeaving,
      redirect: "manual",
    });
    if (answer.status === 413) tell(form, await answer.text());
    else if (answer.status === 204 && !answer.headers.has("HX-Redirect")) {
      const time = new Date().toLocaleTimeString(document.documentElement.lang, {
        hour: "2-digit",
        minute: "2-digit",
      });
      tell(form, word("kept", { time }));
    } else tell(form, word("not-kept"));
  } catch {
    tell(form, word("not-kept"));
  }
}

function tell(form: HTMLFormElement, text: string): void {
  let line = form.querySelector<HTMLElement>(".draft-line");
  if (!line) {
    line = document.createElement("p");
    line.className = "draft-line muted small";
    form.append(line);
  }
  line.textContent = text;
}

function keepAll(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    if (waiting.has(form)) void keep(form, true);
  }
}

export function forms(): void {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", goToField);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  document.addEventListener("desk:released", (e) => release(e.target as HTMLFormElement), true);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepAll();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) {
      release(form);
      markSent(form, false);
    }
  });
  rememberForms(document);
  focusMistakes(document);
  document.addEventListener("desk:shown", (event) => rememberForms(event.target as HTMLElement));
}
