// editorial: prints no words, opens the menu and the search and marks the part that is being read.

/* The ways through the guide: what the theme's own menu, search and list of contents lack (Material 9.8.1). */
(() => {
  "use strict";

  const field = document.querySelector("input[name=query]");
  const pages = document.querySelector(".md-nav--primary");

  for (const button of document.querySelectorAll(".cs-opens")) {
    const toggle = document.getElementById(button.dataset.csOpens);
    button.addEventListener("click", () => {
      if (!toggle.checked) toggle.click();
      if (toggle.id === "__search") field.focus();
      else (pages.querySelector(".md-nav__link--active[href]") ?? pages.querySelector("a.md-nav__link")).focus();
    });
    toggle.addEventListener("change", () => button.setAttribute("aria-expanded", toggle.checked));
  }

  const menu = document.getElementById("__drawer");
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.checked) return;
    menu.click();
    document.querySelector("[data-cs-opens=__drawer]").focus();
  });

  /* The theme checks no look until one is chosen. */
  addEventListener("load", () => {
    const label = document.querySelector(".md-header__option label:not([hidden])");
    if (label) label.previousElementSibling.checked = true;
  });

  /* What the eye sees by the theme's mark is said, too. */
  for (const list of document.querySelectorAll("[data-md-component=toc]")) {
    new MutationObserver(() => {
      for (const link of list.querySelectorAll("a")) {
        if (link.matches(".md-nav__link--active")) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    }).observe(list, { attributeFilter: ["class"], subtree: true });
  }
})();
