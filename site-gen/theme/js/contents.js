/** The table of contents marks the part of the page that is being read. */

/** How far down the window the reader's eye is taken to be. */
const READING_LINE = 0.3;

/** @param {HTMLElement} contents a navigation with links to headings of this page */
export function followReading(contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  // A heading that crosses the reading line, or the foot of the page that comes into view, may change the place.
  const line = new IntersectionObserver(mark, { rootMargin: `0px 0px -${100 - READING_LINE * 100}% 0px` });
  for (const heading of headings) if (heading) line.observe(heading);
  const footer = document.querySelector("body > footer");
  if (footer) new IntersectionObserver(mark).observe(footer);

  function mark() {
    const goal = innerHeight * READING_LINE;
    const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const place = isAtEnd
      ? headings.length - 1
      : headings.findLastIndex((heading) => heading !== null && heading.getBoundingClientRect().top <= goal);
    show(links[place]);
  }

  /** @param {HTMLAnchorElement | undefined} current none above the first heading */
  function show(current) {
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (current) keepInView(contents, current);
  }
}

/**
 * Scrolls a list that is longer than the window, and never the page itself.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement} item
 */
function keepInView(list, item) {
  const outer = list.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top + inner.height;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + inner.height;
}
