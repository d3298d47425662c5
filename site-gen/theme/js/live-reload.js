/**
 * Keeps a previewed page up to date: its text and styles change in place, mistakes are shown over it. Only in previews,
 * never on the published site.
 *
 * It has to be the first module of a page: the copy of the page that it begins with is taken before others change the page.
 */

import { followNews } from "./preview-news.js";
import { showRemarks } from "./preview-overlay.js";
import { concerns, rememberPage, updatePage } from "./preview-page.js";

rememberPage();

/** The build that the page shows. @type {string | null} */
let shown = null;

/** Updates run one after the other: the second needs what the first made of the page. */
let update = Promise.resolve();

followNews((news) => {
  showRemarks(news.errors, news.warnings);
  const before = shown;
  shown = news.id;
  if (before === null || before === news.id) return;
  if (news.changed && !concerns(news.changed)) return;
  // A page that cannot be fetched now is fetched with the next news.
  update = update.then(updatePage).catch(() => {
    if (shown === news.id) shown = before;
  });
});

// A page that comes back from the history has missed what was told meanwhile.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
