/** Filters that stand open where there is room. On a phone they are for those who ask for them, and for those who have chosen. */

const room = matchMedia("(min-width: 40rem)");

/**
 * @param {HTMLDetailsElement} fold
 * @param {() => boolean} isChosen whether what is shown has been chosen with the filters
 */
export function foldFilters(fold, isChosen) {
  const adapt = () => {
    fold.open = room.matches || isChosen();
  };
  room.addEventListener("change", adapt);
  adapt();
}
