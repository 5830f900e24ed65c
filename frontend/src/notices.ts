// Notices: what a fragment or a script has to say is shown above the page and read out.

import { word } from "./words";

let voice: HTMLElement | undefined;

/** Read a sentence out without showing it. */
export function say(text: string): void {
  if (!voice) {
    voice = document.createElement("div");
    voice.className = "hidden";
    voice.setAttribute("role", "status");
    document.body.append(voice);
  }
  voice.textContent = text;
}

/** Show a notice; in an open drawer it stands there, where it is seen. */
export function notice(text: string, kind: "success" | "error" = "success"): void {
  const place =
    document.querySelector("dialog[open] .notices") ?? document.querySelector("#notices");
  if (!place) return;
  const line = document.createElement("p");
  line.className = `notice ${kind}`;
  line.textContent = text;
  place.replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

export function listenForNotices(): void {
  document.addEventListener("notice", (event) => {
    const said = (event as CustomEvent<{ value?: string }>).detail?.value;
    if (said) notice(said);
  });
  document.addEventListener("htmx:responseError", () => notice(word("refused"), "error"));
  document.addEventListener("htmx:sendError", () => notice(word("offline"), "error"));
  document.addEventListener("htmx:timeout", () => notice(word("offline"), "error"));
}
