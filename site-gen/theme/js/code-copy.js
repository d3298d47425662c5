/** A button on each block of code that copies it. */

import { messages } from "./messages.js";

/** How long a button tells that it has copied, in milliseconds. */
const TOLD = 2000;

/** @param {HTMLElement} article */
export function offerCopying(article) {
  // Pages that were not fetched over HTTPS have no clipboard.
  if (!navigator.clipboard) return;
  const blocks = article.querySelectorAll("pre");
  if (blocks.length === 0) return;

  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  article.after(status);
  for (const block of blocks) {
    const frame = document.createElement("div");
    frame.className = "code-block";
    block.replaceWith(frame);
    frame.append(block, copyButton(block, status));
  }
}

/**
 * @param {HTMLElement} block
 * @param {HTMLElement} status tells a screen reader what came of it
 */
function copyButton(block, status) {
  const { copy, copied, copy_failed: failed } = messages.help;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-copy";
  const icon = document.getElementById("icon-copy");
  if (icon instanceof HTMLTemplateElement) button.append(icon.content.cloneNode(true));
  const label = document.createElement("span");
  label.textContent = copy;
  button.append(label);

  let timer = 0;
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(block.textContent).then(
      () => true,
      () => false,
    );
    if (!isCopied) getSelection()?.selectAllChildren(block);
    label.textContent = isCopied ? copied : failed;
    status.textContent = label.textContent;
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = copy;
      status.textContent = "";
    }, TOLD);
  });
  return button;
}
