/** Beside each heading stands a link to it, so that a part of an article can be sent to somebody. */

import { messages } from "./messages.js";

/** @param {HTMLElement} article */
export function linkHeadings(article) {
  for (const heading of article.querySelectorAll("h2[id], h3[id]")) {
    const link = document.createElement("a");
    link.className = "heading-link";
    link.href = `#${heading.id}`;
    link.setAttribute("aria-label", messages.help.heading_link.replace("{title}", () => heading.textContent.trim()));
    const sign = document.createElement("span");
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = "#";
    link.append(sign);

    // Beside the heading and not in it: inside, every heading would be read out with the words of its link.
    const row = document.createElement("div");
    row.className = `heading-row heading-row-${heading.localName}`;
    heading.replaceWith(row);
    row.append(heading, link);
  }
}
