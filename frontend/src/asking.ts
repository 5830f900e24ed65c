// A question that must be answered before something is done.

import { word } from "./words";

/** Ask in a dialog of its own; Esc and a click beside it mean no. */
export function ask(question: string, yes: string, no = word("cancel")): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "question";
  const text = document.createElement("p");
  text.id = "question-text";
  text.textContent = question;
  dialog.setAttribute("aria-labelledby", text.id);
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "buttons";
  form.append(button(yes, "yes", "btn primary"), button(no, "no", "btn"));
  dialog.append(text, form);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close("no");
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLButtonElement>("[value=no]")?.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(text: string, value: string, css: string): HTMLButtonElement {
  const made = document.createElement("button");
  Object.assign(made, { className: css, value, textContent: text });
  return made;
}
