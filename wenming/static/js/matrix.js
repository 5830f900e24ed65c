// Paints the matrix of responsibilities in its cells; without script ticks and buttons do the same.
"use strict";

const SIGNS = { lead: "●", responsible: "○", supporting: "△" };
const KEYS = { l: "lead", r: "responsible", s: "supporting", Delete: "none", Backspace: "none" };
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// The table as a grid of cells: who stands where, what stands in it.
class Grid {
  constructor(table, words) {
    this.table = table;
    this.words = words;
    this.units = [...table.querySelectorAll("thead [data-unit]")];
    this.rows = [...table.querySelectorAll("tr[data-item]")];
    this.columnOf = new Map(this.units.map((head, at) => [head.dataset.unit, at]));
    this.rowOf = new Map(this.rows.map((row) => [row.dataset.item, row]));
  }

  column(cell) {
    return cell.cellIndex - 1;
  }

  name(cell) {
    return `${cell.parentElement.dataset.item}|${this.units[this.column(cell)].dataset.unit}`;
  }

  find(item, unit) {
    return this.rowOf.get(item)?.children[(this.columnOf.get(unit) ?? -2) + 1];
  }

  role(cell) {
    return Object.keys(SIGNS).find((role) => cell.classList.contains(role)) ?? "none";
  }

  beside(cell, [down, right]) {
    const row = this.rows[this.rows.indexOf(cell.parentElement) + down];
    const next = row?.children[cell.cellIndex + right];
    return next?.tagName === "TD" ? next : undefined;
  }

  draw(cell, role) {
    cell.className = role in SIGNS ? role : "";
    cell.replaceChildren();
    delete cell.dataset.label;
    if (!(role in SIGNS)) return;
    const sign = document.createElement("span");
    sign.textContent = SIGNS[role];
    sign.title = this.words[role];
    sign.setAttribute("aria-hidden", "true");
    const word = document.createElement("span");
    word.className = "hidden";
    word.textContent = this.words[role];
    cell.append(sign, word);
    cell.dataset.label = this.units[this.column(cell)].title;
  }

  // The mark of an item: nobody leads it, or several do.
  mark(item, leads, words) {
    const mark = this.rowOf.get(item)?.querySelector("[data-mark]");
    if (!mark) return;
    const fault = leads === 0 ? "none" : leads > 1 ? "several" : "";
    mark.className = `mark ${fault}`;
    mark.textContent = fault === "none" ? "!" : fault ? "!!" : "";
    if (!fault) return;
    const word = document.createElement("span");
    word.className = "hidden";
    word.textContent = ` ${words[fault]}`;
    mark.append(word);
  }

  describe(cell) {
    const title = cell.parentElement.querySelector("th").title;
    const role = this.role(cell);
    const said = role === "none" ? "" : ` ${SIGNS[role]} ${this.words[role]}`;
    return `${title} × ${this.units[this.column(cell)].title}${said}`;
  }
}

// Sends one change after the other: each answer brings the version that the next must name.
class Sender {
  constructor(form, grid) {
    this.form = form;
    this.grid = grid;
    this.queue = Promise.resolve();
    this.refused = [];
    this.status = form.querySelector("[data-matrix-status]");
    this.said = form.querySelector("[data-matrix-said]");
    this.faults = {
      none: document.querySelector(".legend .mark.none").parentElement.innerText.slice(1).trim(),
      several: document.querySelector(".legend .mark.several").parentElement.innerText.slice(2).trim(),
    };
  }

  // A change is a role and the cells that get it; each remembers what stood there.
  paint(cells, role) {
    const changed = cells.filter((cell) => this.grid.role(cell) !== role);
    if (!changed.length) return;
    const was = changed.map((cell) => [cell, this.grid.role(cell)]);
    for (const cell of changed) {
      this.grid.draw(cell, role);
      cell.classList.add("sending");
    }
    this.queue = this.queue.then(() =>
      this.send(this.form.action, { role, cells: changed.map((cell) => this.grid.name(cell)) }, was),
    );
  }

  undo() {
    this.queue = this.queue.then(() => this.send(this.form.dataset.undo, {}, []));
  }

  async send(address, fields, was) {
    const { csrfmiddlewaretoken, version } = this.form.elements;
    const body = new URLSearchParams([
      ["csrfmiddlewaretoken", csrfmiddlewaretoken.value],
      ["version", version.value],
    ]);
    if (fields.role) body.set("role", fields.role);
    for (const cell of fields.cells ?? []) body.append("cells", cell);
    let answer;
    try {
      const got = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      answer = await got.json();
    } catch {
      answer = { refusal: this.status.dataset.lost };
    }
    for (const [cell] of was) cell.classList.remove("sending");
    if (answer.refusal) this.back(address, fields, was);
    this.show(answer);
  }

  back(address, fields, was) {
    for (const [cell, role] of was) {
      this.grid.draw(cell, role);
      cell.classList.add("refused");
    }
    this.refused.push([address, fields]);
  }

  show({ refusal = "", version, cells = [], rows = {} }) {
    if (version !== undefined) this.form.elements.version.value = version;
    for (const [item, unit, role] of cells) {
      const cell = this.grid.find(item, unit);
      if (cell) this.grid.draw(cell, role || "none");
    }
    for (const [item, [leads]] of Object.entries(rows)) this.grid.mark(item, leads, this.faults);
    if (version !== undefined) this.form.querySelector("[data-undo-button]").disabled = false;
    if (refusal) this.tell(refusal);
    else if (!this.refused.length) this.tell("");
    this.status.textContent = refusal ? "" : this.status.dataset.saved;
  }

  tell(text) {
    this.said.hidden = !text;
    this.said.firstElementChild.textContent = text;
    this.said.querySelector("[data-matrix-again]").hidden = !this.refused.some(([, f]) => f.role);
  }

  again() {
    const waiting = this.refused.splice(0);
    this.leave();
    for (const [, { role, cells }] of waiting) {
      if (role) this.paint(cells.map((name) => this.grid.find(...name.split("|"))), role);
    }
  }

  leave() {
    this.refused.length = 0;
    for (const cell of this.grid.table.querySelectorAll(".refused")) cell.classList.remove("refused");
    this.tell("");
  }
}

// What the hand does: a click or a drag paints, arrows move, ticks choose rows and columns.
class Brush {
  constructor(form, grid, sender) {
    Object.assign(this, { form, grid, sender, stroke: null, at: null });
    grid.table.setAttribute("role", "grid");
    grid.table.querySelector("tbody td")?.setAttribute("tabindex", "0");
    grid.table.addEventListener("pointerdown", (event) => this.press(event));
    grid.table.addEventListener("pointerover", (event) => this.over(event));
    document.addEventListener("pointerup", () => this.lift());
    document.addEventListener("pointercancel", () => this.lift());
    grid.table.addEventListener("keydown", (event) => this.key(event));
  }

  get role() {
    return this.form.elements.role.value;
  }

  // On what has the chosen role already, the same gesture takes it off.
  wished(cell) {
    return this.grid.role(cell) === this.role ? "none" : this.role;
  }

  press(event) {
    const cell = event.target.closest("td");
    if (!cell || event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    this.go(cell);
    this.stroke = { role: this.wished(cell), cells: new Set([cell]) };
    cell.classList.add("painted");
  }

  over(event) {
    const cell = event.target.closest("td");
    if (!cell || !this.stroke) return;
    this.stroke.cells.add(cell);
    cell.classList.add("painted");
  }

  lift() {
    if (!this.stroke) return;
    const { role, cells } = this.stroke;
    this.stroke = null;
    for (const cell of cells) cell.classList.remove("painted");
    this.sender.paint([...cells], role);
  }

  drop() {
    for (const cell of this.stroke?.cells ?? []) cell.classList.remove("painted");
    this.stroke = null;
  }

  go(cell) {
    if (!cell) return;
    this.grid.table.querySelector("td[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus();
  }

  key(event) {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (name in ARROWS) {
      const next = this.grid.beside(cell, ARROWS[name]);
      if (event.shiftKey && next) this.sender.paint([cell, next], this.role);
      this.go(next);
    } else if (name in KEYS) {
      this.sender.paint([cell], KEYS[name]);
    } else if (name === "Enter" || name === " ") {
      this.sender.paint([cell], this.wished(cell));
    } else if (name === "u") {
      this.sender.undo();
    } else if (name === "Escape") {
      this.drop();
    } else {
      return;
    }
    event.preventDefault();
  }
}

// Ticks: the head of a group ticks its units, the corner every item that is shown.
const tickTogether = (form, grid) => {
  const count = form.querySelector("[data-matrix-count]");
  const boxes = (name) => [...grid.table.querySelectorAll(`input[name=${name}]`)];
  const tell = () => {
    const [items, units] = ["items", "units"].map((name) => boxes(name).filter((b) => b.checked).length);
    count.textContent = items || units ? `${count.dataset.words}${items} × ${units}` : "";
    for (const head of grid.units) {
      head.classList.toggle("chosen", head.querySelector("input").checked);
    }
  };
  const all = (some) => {
    const checked = some.some((box) => !box.checked);
    for (const box of some) box.checked = checked;
    tell();
  };
  grid.table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (!head || event.target.closest("label")) return;
    if (head.classList.contains("unit")) all([head.querySelector("input")]);
    else if (head.classList.contains("corner")) all(boxes("items"));
    else if (head.classList.contains("group")) {
      const groups = [...head.parentElement.querySelectorAll(".group")];
      const before = groups.slice(0, groups.indexOf(head)).reduce((sum, one) => sum + one.colSpan, 0);
      all(grid.units.slice(before, before + head.colSpan).map((one) => one.querySelector("input")));
    }
  });
  form.addEventListener("change", tell);
  tell();
};

const tellPlace = (page, grid) => {
  const at = page.querySelector("[data-matrix-at]");
  const show = (event) => {
    const cell = event.target.closest("td");
    if (cell) at.textContent = grid.describe(cell);
  };
  grid.table.addEventListener("pointerover", show);
  grid.table.addEventListener("focusin", show);
};

for (const form of document.querySelectorAll("form.matrix-form")) {
  const radios = [...form.querySelectorAll("input[name=role][data-word]")];
  const words = Object.fromEntries(
    radios.length
      ? radios.map((radio) => [radio.value, radio.dataset.word])
      : [...form.querySelectorAll(".legend .sign")].map((sign) => [
          sign.classList[1],
          sign.parentElement.innerText.slice(1).trim(),
        ]),
  );
  const grid = new Grid(form.querySelector("table.matrix"), words);
  tellPlace(form, grid);
  if ("matrix" in form.dataset) {
    const sender = new Sender(form, grid);
    tickTogether(form, grid);
    if (window.matchMedia("(min-width: 921px)").matches) new Brush(form, grid, sender);
    form.querySelector("[data-undo-button]").addEventListener("click", (event) => {
      event.preventDefault();
      sender.undo();
    });
    form.querySelector("[data-again]").addEventListener("click", () => sender.again());
    form.querySelector("[data-leave]").addEventListener("click", () => sender.leave());
  }
}
