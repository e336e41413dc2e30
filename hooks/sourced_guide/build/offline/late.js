/* Once the day of the review has passed, by the clock of whoever reads, the copy says so. */
(() => {
  "use strict";

  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

  for (const told of document.querySelectorAll("[data-cs-due]")) {
    const isLate = today > told.dataset.csDue;
    told.hidden = isLate !== told.matches(".cs-copy__late");
  }
})();
