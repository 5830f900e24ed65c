// Lists the forms of a door, fills one in with the engine of ODK Web Forms, and sends it.
// Usage: fill.mjs DOOR PREFIX ANSWERS, where ANSWERS is JSON: the text of each question by its name.
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const [door, prefix, told] = process.argv.slice(2);
const answers = JSON.parse(told);
const { window } = new JSDOM("<!doctype html>", { url: door });
// The engine was made for browsers; what Node has of its own, such as fetch, stays.
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
globalThis.__dirname = import.meta.dirname;
globalThis.require = createRequire(import.meta.url);
const { loadForm } = await import("@getodk/xforms-engine");

const list = new DOMParser().parseFromString(await (await fetch(`${door}/formList`)).text(), "text/xml");
const forms = [...list.getElementsByTagName("xform")].map((form) => ({
  id: form.getElementsByTagName("formID")[0].textContent,
  address: form.getElementsByTagName("downloadUrl")[0].textContent,
}));
const chosen = forms.find((form) => form.id.startsWith(prefix));
const loaded = await loadForm(await (await fetch(chosen.address)).text());
if (loaded.status === "failure") throw loaded.error;
const { root } = loaded.createInstance();

const asked = [];
function fill(node) {
  for (const child of node.currentState.children ?? []) {
    const name = child.currentState.reference.split("/").at(-1);
    const text = answers[name];
    if (child.nodeType === "select" && text !== undefined) child.selectValue(text);
    else if (child.nodeType === "input" && text !== undefined) child.setValue(child.valueType === "int" ? BigInt(text) : child.valueType === "decimal" ? Number(text) : text);
    if (text !== undefined) asked.push(name);
    fill(child);
  }
}
fill(root);
const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
const violations = (payload.violations ?? []).map((each) => each.reference ?? String(each));
const answer = await fetch(`${door}/submission`, { method: "POST", body: payload.data[0], headers: { "X-OpenRosa-Version": "1.0" } });
process.stdout.write(JSON.stringify({ forms: forms.map((form) => form.id), asked, status: payload.status, violations, answer: answer.status, said: await answer.text() }));
process.exit(0);
