/** The table of contents marks the part of the page that is being read. */

/** How far down the window a part begins to be read; a short part that was leapt to is above it alone. */
const READING_LINE = 0.15;

/** Farther up than any article is long, in CSS pixels. */
const FAR = 1_000_000;

/** How near to the end of the page counts as its end, in CSS pixels. */
const END = 8;

/** @param {HTMLElement} contents a navigation with links to headings of this page */
export function followReading(contents) {
  const links = [...contents.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  // Watched is all that lies above the reading line, however far: a heading may jump across it in one leap. The foot of the
  // page is watched because the last headings may never come up to the line.
  const line = new IntersectionObserver(mark, { rootMargin: `${FAR}px 0px -${100 - READING_LINE * 100}% 0px` });
  for (const heading of headings) if (heading) line.observe(heading);
  const footer = document.querySelector("body > footer");
  if (footer) new IntersectionObserver(mark, { threshold: [0, 0.99] }).observe(footer);

  function mark() {
    const goal = innerHeight * READING_LINE;
    const isAtEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - END;
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
