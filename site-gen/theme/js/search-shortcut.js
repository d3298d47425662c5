/** The keys that lead to the search box from anywhere on the page: `/`, and Ctrl+K or ⌘K. */

/** @param {HTMLInputElement} input */
export function focusByShortcut(input) {
  addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey;
    const isSlash = event.key === "/" && !hasModifier && !event.altKey && !isTyping(event.target);
    // By its place on the keyboard, so that it works in the Russian layout too.
    const isControlK = event.code === "KeyK" && hasModifier && !event.altKey && !event.shiftKey;
    if (!isSlash && !isControlK) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
