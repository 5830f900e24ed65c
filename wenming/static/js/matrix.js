// Edits the matrix of responsibilities in its cells; without script the form above it does the same.
"use strict";

const form = document.querySelector("form[data-matrix]");
const SIGNS = { lead: "●", responsible: "○", supporting: "△" };
const KEYS = { l: "lead", r: "responsible", s: "supporting", Delete: "none", Backspace: "none" };
const ROUND = { "": "lead", lead: "responsible", responsible: "supporting", supporting: "none" };

if (form) {
  const table = form.querySelector("table.matrix");
  const status = form.querySelector("[data-matrix-status]");
  const units = [...table.querySelectorAll("thead [data-unit]")];
  const words = new Map([...form.elements.role.options].map((one) => [one.value, one.text.slice(2)]));
  const done = [];
  let queue = Promise.resolve();

  const roleOf = (cell) => Object.keys(SIGNS).find((role) => cell.classList.contains(role)) ?? "";
  const place = (cell) => ({
    row: cell.parentElement,
    column: [...cell.parentElement.children].indexOf(cell) - 1,
  });

  const say = (text) => {
    status.textContent = text;
    status.hidden = !text;
  };

  const draw = (cell, role) => {
    cell.className = role === "none" ? "" : role;
    cell.replaceChildren();
    if (role === "none" || !role) {
      delete cell.dataset.label;
      return;
    }
    const sign = document.createElement("span");
    sign.textContent = SIGNS[role];
    sign.title = words.get(role);
    sign.setAttribute("aria-hidden", "true");
    const word = document.createElement("span");
    word.className = "hidden";
    word.textContent = words.get(role);
    cell.append(sign, word);
    cell.dataset.label = units[place(cell).column].title;
  };

  // One after the other: each answer brings the version that the next change must name.
  const send = (cell, role, remember = true) => {
    const was = roleOf(cell) || "none";
    if (was === role) return;
    draw(cell, role);
    cell.classList.add("sending");
    queue = queue.then(async () => {
      const { row, column } = place(cell);
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("version", form.elements.version.value);
      body.set("items", row.dataset.item);
      body.set("units", units[column].dataset.unit);
      body.set("role", role);
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body,
          headers: { Accept: "application/json" },
        });
        const found = await answer.json();
        if (!answer.ok) throw new Error(found.refusal);
        form.elements.version.value = found.version;
        if (remember) done.push([cell, was]);
        say("");
      } catch (error) {
        draw(cell, was);
        say(error.message);
      }
      cell.classList.remove("sending");
    });
  };

  const go = (cell) => {
    if (!cell || cell.tagName !== "TD") return;
    table.querySelector("td[tabindex='0']")?.setAttribute("tabindex", "-1");
    cell.setAttribute("tabindex", "0");
    cell.focus();
  };

  const beside = (cell, key) => {
    const { row, column } = place(cell);
    if (key === "ArrowLeft") return cell.previousElementSibling;
    if (key === "ArrowRight") return cell.nextElementSibling;
    const rows = [...table.querySelectorAll("tr[data-item]")];
    const next = rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
    return next?.children[column + 1];
  };

  const wide = window.matchMedia("(min-width: 921px)").matches;
  if (wide) table.querySelector("tbody td")?.setAttribute("tabindex", "0");

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (!cell || !wide) return;
    go(cell);
    send(cell, ROUND[roleOf(cell)]);
  });

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      go(beside(cell, event.key));
    } else if (event.key in KEYS) {
      event.preventDefault();
      send(cell, KEYS[event.key]);
    } else if (event.key === "u" && done.length) {
      const [last, was] = done.pop();
      go(last);
      send(last, was, false);
    }
  });
}
