// Menus that fold out close when one looks elsewhere; on a phone long parts start folded.

export function foldLongParts(root: ParentNode): void {
  if (!window.matchMedia("(max-width: 920px)").matches) return;
  for (const part of root.querySelectorAll<HTMLDetailsElement>("details[data-fold]")) {
    part.open = false;
  }
}

function others(target: EventTarget | null): HTMLDetailsElement[] {
  const open = [...document.querySelectorAll<HTMLDetailsElement>("details.drop[open]")];
  return open.filter((each) => !(target instanceof Node && each.contains(target)));
}

function suggestions(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("#suggestions a")];
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    const menu = (event.target as Element).closest?.<HTMLDetailsElement>("details.drop[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if ((event.target as Element).closest?.(".search")) forgetSuggestions(true);
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target as Element).closest?.(".search")) return;
  const links = suggestions();
  if (!links.length) return;
  event.preventDefault();
  const next = links.indexOf(event.target as HTMLAnchorElement) + step;
  if (next < 0) document.querySelector<HTMLElement>("#search")?.focus();
  else links[Math.min(next, links.length - 1)]?.focus();
}

function forgetSuggestions(goBack = false): void {
  document.querySelector("#suggestions")?.replaceChildren();
  if (goBack) document.querySelector<HTMLElement>("#search")?.focus();
}

export function menus(): void {
  foldLongParts(document);
  document.addEventListener("click", (event) => {
    for (const menu of others(event.target)) menu.open = false;
    if (!(event.target as Element).closest?.(".search")) forgetSuggestions();
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of others(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", onKey);
}
