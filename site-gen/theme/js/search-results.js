/** A result of the search as an item of the list. */

/** @typedef {import("./search-excerpt.js").Part} Part */

/**
 * @param {import("./search-engine.js").Result} result
 * @param {string} id for the excerpt, which describes the link
 */
export function resultItem(result, id) {
  const item = document.createElement("li");
  item.className = "search-result";
  const link = document.createElement("a");
  link.href = result.address;
  link.append(...marked(result.title));
  item.append(link);

  const description = document.createElement("p");
  description.id = id;
  if (result.heading.length > 0) {
    const heading = document.createElement("span");
    heading.className = "search-heading";
    heading.append(...marked(result.heading));
    description.append(heading, " ");
  }
  description.append(...marked(result.text));
  if (description.textContent !== "") {
    link.setAttribute("aria-describedby", id);
    item.append(description);
  }
  return item;
}

/** @param {Part[]} parts */
function marked(parts) {
  return parts.map(({ text, isMarked }) => {
    if (!isMarked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}
