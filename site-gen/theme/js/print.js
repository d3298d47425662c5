/** The sheet with a whole section offers to print itself. Without scripts the browser's own menu does it. */

const button = document.getElementById("sheet-print");
if (button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await Promise.allSettled([...document.images].map((picture) => picture.decode()));
    print();
  });
}
