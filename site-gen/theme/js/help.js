/** An article of the help. Without scripts it is whole; these parts make it handier. */

import { offerCopying } from "./code-copy.js";
import { followReading } from "./contents.js";
import { linkHeadings } from "./heading-links.js";

const article = document.querySelector("article");
const contents = document.querySelector(".toc");
if (article) {
  linkHeadings(article);
  offerCopying(article);
}
if (contents instanceof HTMLElement) followReading(contents);
