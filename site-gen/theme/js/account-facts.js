/** Name and phone of the client, each changed where it stands. */

import { callAsClient } from "./api.js";
import { changeCabinet, knownCabinet, showInPart } from "./cabinet-data.js";
import { offerToEdit } from "./edit-in-place.js";
import { formatPhone } from "./format.js";
import { messages } from "./messages.js";
import { tellSuccess } from "./toast.js";

/** @import { User } from "./cabinet-data.js" */

export function offerFacts() {
  const name = offerToEdit("profile-name", {
    current: () => knownCabinet()?.user.name ?? "",
    wrong: () => "",
    save: (name) => change({ name }, messages.profile.name_saved),
  });
  const phone = offerToEdit("profile-phone", {
    current: knownPhone,
    // An account that was made by hand may have none, and whoever opens the field may leave it so.
    wrong: (phone) => (knownPhone() && !phone ? messages.check.phone : ""),
    save: (phone) => change({ phone }, messages.profile.phone_saved),
  });
  showInPart("profile-account", () => {
    for (const button of [name, phone]) button.disabled = false;
  });
}

function knownPhone() {
  return formatPhone(knownCabinet()?.user.phone ?? "");
}

/**
 * @param {Partial<Pick<User, "name" | "phone">>} fact
 * @param {string} done
 */
async function change(fact, done) {
  const user = await callAsClient("PATCH", "/api/auth/profile/", fact);
  changeCabinet((cabinet) => {
    cabinet.user = user;
  });
  tellSuccess(done);
}
