// In a browser: fills in a form of a door with enketo-core, and sends it.
import { Form } from "enketo-core/src/js/form.js";
import { transform } from "enketo-transformer/web";

async function addressOf(door, prefix) {
  const list = new DOMParser().parseFromString(await (await fetch(`${door}/formList`)).text(), "text/xml");
  const found = [...list.getElementsByTagName("xform")].find((each) => each.getElementsByTagName("formID")[0].textContent.startsWith(prefix));
  return found.getElementsByTagName("downloadUrl")[0].textContent;
}

function answer(form, name, text) {
  const fields = [...form.querySelectorAll("input, select, textarea")].filter((each) => (each.name || each.dataset.name || "").endsWith(`/${name}`));
  const choice = fields.find((each) => each.type === "radio" && each.value === text);
  if (choice) choice.checked = true;
  else if (fields[0] && fields[0].type !== "radio") fields[0].value = text;
  const field = choice ?? fields[0];
  for (const event of ["input", "change"]) field?.dispatchEvent(new Event(event, { bubbles: true }));
  return field !== undefined;
}

window.fillIn = async (door, prefix, answers) => {
  const made = await transform({ xform: await (await fetch(await addressOf(door, prefix))).text() });
  document.body.append(document.createRange().createContextualFragment(made.form));
  const form = new Form(document.querySelector("form.or"), { modelStr: made.model, external: [] }, {});
  const faults = form.init();
  const asked = Object.entries(answers).filter(([name, text]) => answer(document.querySelector("form.or"), name, text));
  const isValid = await form.validate();
  const body = new FormData();
  body.append("xml_submission_file", new File([form.getDataStr({ irrelevant: false })], "sheet.xml", { type: "text/xml" }));
  const sent = await fetch(`${door}/submission`, { method: "POST", body });
  return { faults, isValid, asked: asked.map(([name]) => name), answer: sent.status, said: await sent.text() };
};
