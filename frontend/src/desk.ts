// What every page of the desk carries. Each part finds its elements by data attributes; without
// this script the same pages work by links and forms alone.

import { batches, countAll } from "./batch";
import { searchable } from "./choosing";
import { warnBeforeLeaving } from "./dirty";
import { drawers } from "./drawer";
import { forms } from "./forms";
import { fragments } from "./fragments";
import { drawParts } from "./later";
import { foldLongParts, menus } from "./menus";
import { listenForNotices } from "./notices";

document.documentElement.classList.add("scripted");
menus();
searchable(document);
forms(); // before the drawer, which sends what a form has agreed to send
drawers();
fragments();
batches();
listenForNotices();
warnBeforeLeaving();
drawParts(document);

function onShown(event: Event): void {
  const root = event.target as HTMLElement;
  foldLongParts(root);
  searchable(root);
  countAll(root);
  drawParts(root);
}

document.addEventListener("desk:shown", onShown);
document.addEventListener("htmx:afterSettle", onShown);
