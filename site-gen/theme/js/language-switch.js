/** Keeps the open tab or section, where to go after sign-in, and what is typed, when the visitor changes the language. */

import { carryTyped } from "./typed-text.js";

export function keepPlaceAcrossLanguages() {
  for (const link of document.querySelectorAll("a[data-language-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
      link.hash = location.hash;
      link.search = location.search;
      // Another tab has storage of its own, and this page stays as it is.
      if (!ctrlKey && !metaKey && !shiftKey) carryTyped();
    });
  }
}
