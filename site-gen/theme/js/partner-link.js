/** The partner's link: to copy, to share, and as a QR code. */

import { copyText } from "./copying.js";
import { messages } from "./messages.js";
import { drawQrCode } from "./qr-code.js";
import { tellSuccess } from "./toast.js";

const address = /** @type {HTMLInputElement} */ (document.getElementById("partner-address"));
const copy = /** @type {HTMLButtonElement} */ (document.getElementById("copy-partner-link"));
const failure = /** @type {HTMLElement} */ (document.getElementById("partner-link-error"));
const share = /** @type {HTMLButtonElement} */ (document.getElementById("share-partner-link"));
const code = /** @type {HTMLElement} */ (document.getElementById("partner-code"));

/** @param {string} link */
export function offerLink(link) {
  if (address.value === link) return;
  address.value = link;
  const picture = drawQrCode(link, code.dataset.label ?? "");
  /** @type {HTMLElement} */ (code.parentElement).hidden = picture === null;
  code.replaceChildren(...(picture ? [picture] : []));
  copy.onclick = async () => {
    const isCopied = await copyText(link);
    failure.hidden = isCopied;
    if (isCopied) tellSuccess(messages.partner.copied);
    else address.select();
  };
  copy.disabled = false;
  const offer = { title: share.dataset.title, text: share.dataset.text, url: link };
  share.hidden = !navigator.canShare?.(offer);
  // Whoever closes the sheet without choosing anybody has changed their mind: that is no error.
  share.onclick = () => navigator.share(offer).catch(() => {});
}
