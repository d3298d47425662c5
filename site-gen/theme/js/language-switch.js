/** Keeps the open tab or section, and where to go after sign-in, when the visitor changes the language. */

export function keepPlaceAcrossLanguages() {
  for (const link of document.querySelectorAll("a[data-language-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.addEventListener("click", () => {
      link.hash = location.hash;
      link.search = location.search;
    });
  }
}
