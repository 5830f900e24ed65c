// Which forms hold something typed that was not sent yet.

const first = new WeakMap<HTMLFormElement, string>();
const sent = new WeakSet<HTMLFormElement>();

const KEPT = "form[data-keep]";

function written(form: HTMLFormElement): string {
  const values = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(values.map(([name, v]) => [name, v instanceof File ? v.name : v]));
}

/** Remember how the forms below a place were given; one with mistakes was typed and not taken. */
export function rememberForms(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>(KEPT)) {
    first.set(form, form.querySelector("#mistakes") ? "" : written(form));
  }
}

/** A form was sent: leaving it loses nothing. */
export function markSent(form: HTMLFormElement, isSent = true): void {
  if (isSent) sent.add(form);
  else sent.delete(form);
}

/** Whether a form below a place holds something that was typed and not sent. */
export function holdsUnsent(root: ParentNode): boolean {
  return [...root.querySelectorAll<HTMLFormElement>(KEPT)].some(
    (form) => !sent.has(form) && first.has(form) && first.get(form) !== written(form),
  );
}

export function warnBeforeLeaving(): void {
  window.addEventListener("beforeunload", (event) => {
    if (holdsUnsent(document)) event.preventDefault();
  });
}
