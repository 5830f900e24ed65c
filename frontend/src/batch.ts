// Rows chosen by their boxes: all, a stretch with Shift, and up and down by the keyboard.

import { word } from "./words";

let last: HTMLInputElement | undefined;

function boxes(table: Element): HTMLInputElement[] {
  return [...table.querySelectorAll<HTMLInputElement>("tbody input[name=rows]")];
}

function count(table: Element): void {
  const all = boxes(table);
  const chosen = all.filter((box) => box.checked).length;
  const whole = table.querySelector<HTMLInputElement>("[data-batch-all]");
  if (whole) {
    whole.checked = chosen > 0 && chosen === all.length;
    whole.indeterminate = chosen > 0 && chosen < all.length;
  }
  for (const box of all) box.closest("tr")?.classList.toggle("chosen", box.checked);
  const form = all[0]?.form;
  if (!form) return;
  form.classList.toggle("is-empty", chosen === 0);
  const said = form.querySelector("[data-batch-count]");
  if (said) said.textContent = word(chosen ? "chosen" : "choose", { n: chosen });
  for (const button of form.querySelectorAll("button")) button.disabled = chosen === 0;
}

function stretch(table: Element, from: HTMLInputElement, to: HTMLInputElement, on: boolean): void {
  const all = boxes(table);
  const [first, second] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  if (first === undefined || second === undefined || first < 0) return;
  for (const box of all.slice(first, second + 1)) box.checked = on;
}

function onClick(event: MouseEvent): void {
  const box = event.target as HTMLInputElement;
  const table = box.closest?.("table[data-batch]");
  if (!table || box.type !== "checkbox") return;
  if (box.matches("[data-batch-all]")) {
    for (const each of boxes(table)) each.checked = box.checked;
  } else if (event.shiftKey && last && table.contains(last)) {
    stretch(table, last, box, box.checked);
  }
  if (box.name === "rows") last = box;
  count(table);
}

function onKey(event: KeyboardEvent): void {
  const box = event.target as HTMLInputElement;
  const table = box.closest?.("table[data-batch]");
  if (!table || box.name !== "rows") return;
  const all = boxes(table);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const next = all[all.indexOf(box) + step];
    if (!next) return;
    if (event.shiftKey) {
      next.checked = box.checked = true;
      count(table);
    }
    last = next;
    next.focus();
  } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const on = all.some((each) => !each.checked);
    for (const each of all) each.checked = on;
    count(table);
  }
}

export function countAll(root: ParentNode): void {
  for (const table of root.querySelectorAll("table[data-batch]")) count(table);
}

export function batches(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  window.addEventListener("pageshow", () => countAll(document));
  countAll(document);
}
