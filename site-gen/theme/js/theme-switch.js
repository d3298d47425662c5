/**
 * Light, dark, or as on the device: the choice at the end of every page. It is kept in this browser; a line in the head of the
 * page (layout.html) heeds it before anything is drawn, and tokens.css knows what it means.
 */

const KEY = "theme";

/** What follows the device by a media query of its own, and has to follow the choice instead. */
const SCHEME = /(?: and )?\(prefers-color-scheme: (light|dark)\)/;

/** @typedef {"auto" | "light" | "dark"} Theme */

export function offerThemes() {
  const place = document.getElementById("theme-switch");
  if (!place) return;
  for (const choice of place.querySelectorAll("input")) {
    choice.addEventListener("change", () => {
      keep(/** @type {Theme} */ (choice.value));
      apply(/** @type {Theme} */ (choice.value));
    });
  }
  // Another page may have been told otherwise, or this one comes back from the history.
  addEventListener("storage", show);
  addEventListener("pageshow", show);
  place.hidden = false;

  function show() {
    const theme = keptTheme();
    for (const choice of place?.querySelectorAll("input") ?? []) choice.checked = choice.value === theme;
    apply(theme);
  }
  show();
}

/** @returns {Theme} */
function keptTheme() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "auto";
  } catch {
    return "auto";
  }
}

/** @param {Theme} theme */
function keep(theme) {
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Where nothing may be stored, the choice lasts as long as the page.
  }
}

/** @param {Theme} theme */
function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const follower of document.querySelectorAll("source[media], meta[name=theme-color]")) {
    follow(/** @type {HTMLSourceElement | HTMLMetaElement} */ (follower), theme);
  }
}

/**
 * @param {HTMLSourceElement | HTMLMetaElement} follower
 * @param {Theme} theme
 */
function follow(follower, theme) {
  follower.dataset.media ??= follower.media;
  const own = follower.dataset.media;
  const scheme = SCHEME.exec(own)?.[1];
  if (!scheme) return;
  if (theme === "auto") follower.media = own;
  else follower.media = scheme === theme ? own.replace(SCHEME, "") : "not all";
}
