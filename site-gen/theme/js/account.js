/** The account in the profile, below what everybody sees first. */

import { offerCredentials } from "./account-credentials.js";
import { showDocuments } from "./account-documents.js";
import { showEvents } from "./account-events.js";
import { offerExport } from "./account-export.js";
import { offerFacts } from "./account-facts.js";
import { showSessions } from "./account-sessions.js";

export function showAccount() {
  offerFacts();
  const reload = [showSessions(), showEvents()];
  offerCredentials(() => reload.forEach((again) => again()));
  showDocuments();
  offerExport();
}
