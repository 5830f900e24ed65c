// On a narrow screen the long parts start folded; without script they simply stay open.
"use strict";

if (window.matchMedia("(max-width: 920px)").matches) {
  for (const part of document.querySelectorAll("details[data-fold]")) {
    part.open = false;
  }
}
