// A long list of choices is searched by name, pinyin initials and code (the combobox of ARIA 1.2).
// The select stays in the form, hidden: it is what is sent, and all there is without script.

import { word } from "./words";

const MOST = 60;

interface Choice {
  option: HTMLOptionElement;
  text: string;
  found: string[];
}

class Search {
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("ul");
  private readonly choices: Choice[];
  private shown: Choice[] = [];
  private at = -1;

  constructor(private readonly select: HTMLSelectElement) {
    this.choices = [...select.options].map(readChoice);
    this.build();
    this.settle();
    this.listen();
  }

  private build(): void {
    const { select, input, list } = this;
    const box = document.createElement("div");
    box.className = "choosing";
    input.id = `${select.id}-search`;
    list.id = `${select.id}-list`;
    input.type = "text";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
      const value = select.getAttribute(name);
      if (value) input.setAttribute(name, value);
    }
    if (select.required) input.setAttribute("aria-required", "true");
    input.disabled = select.disabled;
    input.placeholder = word("search");
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const label = select.labels?.[0];
    if (label) {
      label.id ||= `${select.id}-label`;
      label.htmlFor = input.id;
      list.setAttribute("aria-labelledby", label.id);
    }
    select.hidden = true;
    select.after(box);
    box.append(input, list);
  }

  private listen(): void {
    const { input, list, select } = this;
    input.addEventListener("focus", () => input.select());
    input.addEventListener("click", () => this.open(""));
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // it is no field of the form
      this.open(input.value);
    });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.leave());
    list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus
    list.addEventListener("click", (event) => {
      const line = (event.target as Element).closest<HTMLElement>("[role=option]");
      const choice = line && this.shown[Number(line.dataset.at)];
      if (choice) this.choose(choice);
    });
    select.addEventListener("change", () => this.settle());
    select.form?.addEventListener("reset", () => window.setTimeout(() => this.settle()));
  }

  private onKey(event: KeyboardEvent): void {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return this.open("");
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      const choice = this.shown[Math.max(this.at, 0)];
      if (choice) this.choose(choice);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation(); // the drawer around it stays
      this.settle();
      this.close();
    }
  }

  private open(question: string): void {
    const fitting = this.choices.filter((each) => fits(each, question.trim().toLowerCase()));
    this.shown = fitting.slice(0, MOST);
    this.at = question ? 0 : this.shown.findIndex((each) => each.option.selected);
    this.list.replaceChildren(...this.shown.map((each, place) => this.line(each, place)));
    const beyond = fitting.length - this.shown.length;
    if (!fitting.length) this.list.append(remark(word("no-choice")));
    else if (beyond) this.list.append(remark(word("more-choices", { n: beyond })));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private line(choice: Choice, place: number): HTMLElement {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${place}`;
    line.dataset.at = String(place);
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(choice.option.selected));
    line.textContent = choice.text;
    return line;
  }

  private move(step: number): void {
    const last = this.shown.length - 1;
    this.at = Math.min(Math.max(this.at + step, 0), last);
    this.mark();
  }

  private mark(): void {
    const lines = this.list.querySelectorAll<HTMLElement>("[role=option]");
    lines.forEach((line, place) => line.classList.toggle("current", place === this.at));
    const current = lines[this.at];
    if (current) this.input.setAttribute("aria-activedescendant", current.id);
    else this.input.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  private choose(choice: Choice): void {
    const isOther = !choice.option.selected;
    this.select.value = choice.option.value;
    this.settle();
    this.close();
    if (!isOther) return;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Left with nothing chosen: an emptied field means the blank choice, else all is as before. */
  private leave(): void {
    const blank = this.choices.find((each) => each.option.value === "");
    if (this.input.value.trim() === "" && blank) this.choose(blank);
    this.settle();
    this.close();
  }

  private settle(): void {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen && chosen.value !== "" ? clean(chosen) : "";
    const blank = this.choices.find((each) => each.option.value === "");
    this.input.placeholder = blank?.text || word("search");
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function clean(option: HTMLOptionElement): string {
  return (option.textContent ?? "").replace(/\s+/g, " ").trim();
}

function readChoice(option: HTMLOptionElement): Choice {
  const text = clean(option);
  const find = (option.dataset.find ?? "").toLowerCase();
  const words = find.split(" ").filter(Boolean);
  const whole = words.slice(0, -1).join(""); // the syllables in one; the last word holds initials
  return { option, text, found: [text.toLowerCase(), option.value.toLowerCase(), whole, ...words] };
}

function fits(choice: Choice, question: string): boolean {
  if (!question) return true;
  const [text, ...others] = choice.found;
  return text!.includes(question) || others.some((each) => each.startsWith(question));
}

function remark(text: string): HTMLElement {
  const line = document.createElement("li");
  line.className = "muted small";
  line.setAttribute("role", "presentation");
  line.textContent = text;
  return line;
}

export function searchable(root: ParentNode): void {
  const selects = root.querySelectorAll<HTMLSelectElement>("select[data-search]:not([multiple])");
  for (const select of selects) {
    if (select.dataset.search === "ready" || !select.id) continue;
    select.dataset.search = "ready";
    new Search(select);
  }
}
