// Paints the matrix of responsibilities in its cells; without script ticks and buttons do the same.

type Step = [number, number];
type Was = [HTMLTableCellElement, string][];
interface Fields {
  role?: string;
  cells?: string[];
}
interface Answer {
  refusal?: string;
  version?: number;
  cells?: [string, string, string][];
  rows?: Record<string, [number, number]>;
}
interface Stroke {
  role: string;
  cells: Set<HTMLTableCellElement>;
}

const SIGNS: Record<string, string> = { lead: "●", responsible: "○", supporting: "△" };
const KEYS: Record<string, string> = { l: "lead", r: "responsible", s: "supporting", Delete: "none", Backspace: "none" };
const ARROWS: Record<string, Step> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

function one<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the matrix has no ${selector}`);
  return found;
}

function cellOf(event: Event): HTMLTableCellElement | null {
  return event.target instanceof Element ? event.target.closest("td") : null;
}

// The table as a grid of cells: who stands where, what stands in it.
class Grid {
  readonly units: HTMLTableCellElement[];
  readonly rows: HTMLTableRowElement[];
  private readonly columnOf: Map<string, number>;
  private readonly rowOf: Map<string, HTMLTableRowElement>;

  constructor(
    readonly table: HTMLTableElement,
    private readonly words: Record<string, string>,
  ) {
    this.units = [...table.querySelectorAll<HTMLTableCellElement>("thead [data-unit]")];
    this.rows = [...table.querySelectorAll<HTMLTableRowElement>("tr[data-item]")];
    this.columnOf = new Map(this.units.map((head, at) => [head.dataset.unit ?? "", at]));
    this.rowOf = new Map(this.rows.map((row) => [row.dataset.item ?? "", row]));
  }

  private head(cell: HTMLTableCellElement): HTMLTableCellElement {
    return this.units[cell.cellIndex - 1] as HTMLTableCellElement;
  }

  private row(cell: HTMLTableCellElement): HTMLTableRowElement {
    return cell.parentElement as HTMLTableRowElement;
  }

  name(cell: HTMLTableCellElement): string {
    return `${this.row(cell).dataset.item}|${this.head(cell).dataset.unit}`;
  }

  find(item: string, unit: string): HTMLTableCellElement | undefined {
    const at = this.columnOf.get(unit);
    return at === undefined ? undefined : this.rowOf.get(item)?.cells[at + 1];
  }

  role(cell: HTMLTableCellElement): string {
    return Object.keys(SIGNS).find((role) => cell.classList.contains(role)) ?? "none";
  }

  beside(cell: HTMLTableCellElement, [down, right]: Step): HTMLTableCellElement | undefined {
    const next = this.rows[this.rows.indexOf(this.row(cell)) + down]?.cells[cell.cellIndex + right];
    return next?.tagName === "TD" ? next : undefined;
  }

  draw(cell: HTMLTableCellElement, role: string): void {
    cell.className = role in SIGNS ? role : "";
    cell.replaceChildren();
    delete cell.dataset.label;
    if (!(role in SIGNS)) return;
    const sign = document.createElement("span");
    const word = this.words[role] ?? role;
    sign.textContent = SIGNS[role] ?? "";
    sign.title = word;
    sign.setAttribute("aria-hidden", "true");
    cell.append(sign, hidden(word));
    cell.dataset.label = this.head(cell).title;
  }

  // The mark of an item: nobody leads it, or several do.
  mark(item: string, leads: number, words: Record<string, string>): void {
    const mark = this.rowOf.get(item)?.querySelector("[data-mark]");
    if (!mark) return;
    const fault = leads === 0 ? "none" : leads > 1 ? "several" : "";
    mark.className = `mark ${fault}`;
    mark.textContent = fault === "none" ? "!" : fault ? "!!" : "";
    if (fault) mark.append(hidden(` ${words[fault]}`));
  }

  describe(cell: HTMLTableCellElement): string {
    const title = one(this.row(cell), "th").title;
    const role = this.role(cell);
    const said = role === "none" ? "" : ` ${SIGNS[role]} ${this.words[role]}`;
    return `${title} × ${this.head(cell).title}${said}`;
  }
}

function hidden(text: string): HTMLElement {
  const word = document.createElement("span");
  word.className = "hidden";
  word.textContent = text;
  return word;
}

// Sends one change after the other: each answer brings the version that the next must name.
class Sender {
  private queue: Promise<void> = Promise.resolve();
  private refused: Fields[] = [];
  private readonly status: HTMLElement;
  private readonly said: HTMLElement;
  private readonly faults: Record<string, string>;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly grid: Grid,
  ) {
    this.status = one(form, "[data-matrix-status]");
    this.said = one(form, "[data-matrix-said]");
    const word = (fault: string) => one(form, `.legend [data-fault=${fault}]`).innerText.trim();
    this.faults = { none: word("none"), several: word("several") };
  }

  // A change is a role and the cells that get it; each remembers what stood there.
  paint(cells: HTMLTableCellElement[], role: string): void {
    const changed = cells.filter((cell) => this.grid.role(cell) !== role);
    if (!changed.length) return;
    const was: Was = changed.map((cell) => [cell, this.grid.role(cell)]);
    for (const cell of changed) {
      this.grid.draw(cell, role);
      cell.classList.add("sending");
    }
    const fields = { role, cells: changed.map((cell) => this.grid.name(cell)) };
    this.queue = this.queue.then(() => this.send(this.form.action, fields, was));
  }

  undo(): void {
    this.queue = this.queue.then(() => this.send(this.form.dataset.undo ?? "", {}, []));
  }

  private input(name: string): HTMLInputElement {
    return one(this.form, `input[name=${name}]`);
  }

  private async send(address: string, fields: Fields, was: Was): Promise<void> {
    const body = new URLSearchParams([
      ["csrfmiddlewaretoken", this.input("csrfmiddlewaretoken").value],
      ["version", this.input("version").value],
    ]);
    if (fields.role) body.set("role", fields.role);
    for (const cell of fields.cells ?? []) body.append("cells", cell);
    const answer = await this.ask(address, body);
    for (const [cell] of was) cell.classList.remove("sending");
    if (answer.refusal) {
      for (const [cell, role] of was) this.grid.draw(cell, role);
      if (fields.role) this.refused.push(fields);
    }
    this.show(answer);
  }

  private async ask(address: string, body: URLSearchParams): Promise<Answer> {
    try {
      const headers = { Accept: "application/json" };
      const got = await fetch(address, { method: "POST", body, headers });
      return (await got.json()) as Answer;
    } catch {
      return { refusal: this.status.dataset.lost };
    }
  }

  private show({ refusal = "", version, cells = [], rows = {} }: Answer): void {
    for (const [item, unit, role] of cells) {
      const cell = this.grid.find(item, unit);
      if (cell) this.grid.draw(cell, role || "none");
    }
    for (const [item, [leads]] of Object.entries(rows)) this.grid.mark(item, leads, this.faults);
    if (version !== undefined) {
      this.input("version").value = String(version);
      one<HTMLButtonElement>(this.form, "[data-undo-button]").disabled = false;
    }
    for (const { cells: names = [] } of this.refused) {
      for (const cell of this.cells(names)) cell.classList.add("refused");
    }
    if (refusal || !this.refused.length) this.tell(refusal);
    this.status.textContent = refusal ? "" : (this.status.dataset.saved ?? "");
  }

  private tell(text: string): void {
    this.said.hidden = !text;
    one(this.said, "[data-matrix-sentence]").textContent = text;
    one(this.said, "[data-matrix-again]").hidden = !this.refused.length;
  }

  private cells(names: string[]): HTMLTableCellElement[] {
    const pairs = names.map((name) => name.split("|") as [string, string]);
    const found = pairs.map(([item, unit]) => this.grid.find(item, unit));
    return found.filter((cell) => cell !== undefined);
  }

  again(): void {
    const waiting = this.refused;
    this.leave();
    for (const { role = "none", cells = [] } of waiting) this.paint(this.cells(cells), role);
  }

  leave(): void {
    this.refused = [];
    for (const cell of this.grid.table.querySelectorAll(".refused")) {
      cell.classList.remove("refused");
    }
    this.tell("");
  }
}

// What the hand does: a click or a drag paints, arrows move.
class Brush {
  private stroke: Stroke | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly grid: Grid,
    private readonly sender: Sender,
  ) {
    const table = grid.table;
    table.setAttribute("role", "grid");
    table.querySelector("tbody td")?.setAttribute("tabindex", "0");
    table.addEventListener("pointerdown", (event) => this.press(event));
    table.addEventListener("pointerover", (event) => this.over(event));
    table.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerup", () => this.lift());
    document.addEventListener("pointercancel", () => this.drop());
  }

  private get role(): string {
    return one<HTMLInputElement>(this.form, "input[name=role]:checked").value;
  }

  // On what has the chosen role already, the same gesture takes it off.
  private wished(cell: HTMLTableCellElement): string {
    return this.grid.role(cell) === this.role ? "none" : this.role;
  }

  private press(event: PointerEvent): void {
    const cell = cellOf(event);
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    this.go(cell);
    this.stroke = { role: this.wished(cell), cells: new Set([cell]) };
    cell.classList.add("painted");
  }

  private over(event: PointerEvent): void {
    const cell = cellOf(event);
    if (!cell || !this.stroke) return;
    this.stroke.cells.add(cell);
    cell.classList.add("painted");
  }

  private lift(): void {
    const stroke = this.stroke;
    this.drop();
    if (stroke) this.sender.paint([...stroke.cells], stroke.role);
  }

  private drop(): void {
    for (const cell of this.stroke?.cells ?? []) cell.classList.remove("painted");
    this.stroke = null;
  }

  private go(cell: HTMLTableCellElement | undefined): void {
    if (!cell) return;
    this.grid.table.querySelector("td[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus();
  }

  private key(event: KeyboardEvent): void {
    const cell = cellOf(event);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.does(event, cell)) event.preventDefault();
  }

  private does(event: KeyboardEvent, cell: HTMLTableCellElement): boolean {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const [step, role] = [ARROWS[name], KEYS[name]];
    if (step) {
      const next = this.grid.beside(cell, step);
      if (event.shiftKey && next) this.sender.paint([cell, next], this.role);
      this.go(next);
    } else if (role) this.sender.paint([cell], role);
    else if (name === "Enter" || name === " ") this.sender.paint([cell], this.wished(cell));
    else if (name === "u") this.sender.undo();
    else if (name === "Escape" && this.stroke) this.drop();
    else return false;
    return true;
  }
}

// Ticks: the head of a group ticks its units, the corner every item that is shown.
class Ticks {
  private readonly count: HTMLElement;

  constructor(
    form: HTMLFormElement,
    private readonly grid: Grid,
  ) {
    this.count = one(form, "[data-matrix-count]");
    grid.table.tHead?.addEventListener("click", (event) => this.click(event));
    form.addEventListener("change", () => this.tell());
    this.tell();
  }

  private boxes(name: string): HTMLInputElement[] {
    return [...this.grid.table.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)];
  }

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    const head = target.closest("th");
    if (!head || target.closest("label")) return;
    if (head.classList.contains("unit")) this.turn([head]);
    else if (head.classList.contains("corner")) this.all(this.boxes("items"));
    else if (head.classList.contains("group")) this.turn(this.below(head));
  }

  private below(group: HTMLTableCellElement): HTMLTableCellElement[] {
    const row = group.parentElement as HTMLTableRowElement;
    const groups = [...row.cells].filter((head) => head.classList.contains("group"));
    const earlier = groups.slice(0, groups.indexOf(group));
    const before = earlier.reduce((sum, head) => sum + head.colSpan, 0);
    return this.grid.units.slice(before, before + group.colSpan);
  }

  private turn(heads: HTMLTableCellElement[]): void {
    this.all(heads.map((head) => one<HTMLInputElement>(head, "input")));
  }

  private all(boxes: HTMLInputElement[]): void {
    const checked = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = checked;
    this.tell();
  }

  private tell(): void {
    const ticked = (name: string) => this.boxes(name).filter((box) => box.checked).length;
    const [items, units] = [ticked("items"), ticked("units")];
    const words = this.count.dataset.words ?? "";
    this.count.textContent = items || units ? `${words}${items} × ${units}` : "";
    for (const head of this.grid.units) {
      head.classList.toggle("chosen", one<HTMLInputElement>(head, "input").checked);
    }
  }
}

// A narrow column and a long name: the place under the hand is told in full.
function tellPlace(form: HTMLFormElement, grid: Grid): void {
  const at = one(form, "[data-matrix-at]");
  const show = (event: Event) => {
    const cell = cellOf(event);
    if (cell) at.textContent = grid.describe(cell);
  };
  grid.table.addEventListener("pointerover", show);
  grid.table.addEventListener("focusin", show);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form.matrix-form")) {
  const named = [...form.querySelectorAll<HTMLElement>("[data-role-word]")];
  const words = Object.fromEntries(
    named.map((each) => [each.dataset.role ?? "", each.dataset.roleWord ?? ""]),
  );
  const grid = new Grid(one<HTMLTableElement>(form, "table.matrix"), words);
  tellPlace(form, grid);
  if ("matrix" in form.dataset) {
    const sender = new Sender(form, grid);
    new Ticks(form, grid);
    if (window.matchMedia("(min-width: 921px)").matches) new Brush(form, grid, sender);
    one(form, "[data-undo-button]").addEventListener("click", (event) => {
      event.preventDefault();
      sender.undo();
    });
    one(form, "[data-again]").addEventListener("click", () => sender.again());
    one(form, "[data-leave]").addEventListener("click", () => sender.leave());
  }
}
