// editorial: prints the name of a switch.

/* The sources of a page: unfolded where a link leads into them and on paper; and the switch of their
   numbers in the text, a look of the page that the browser keeps, as it keeps a dark one. */
(() => {
  "use strict";

  const NAME = "Show source numbers";
  const KEY = "source-numbers";
  const HIDDEN = "hidden";
  const root = document.documentElement;

  // The switch

  function store(value) {
    // A browser may refuse to keep anything.
    try {
      if (value) localStorage.setItem(KEY, value);
      else localStorage.removeItem(KEY);
    } catch {}
  }

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function show(areShown) {
    if (areShown) delete root.dataset.csCitations;
    else root.dataset.csCitations = HIDDEN;
    for (const each of document.querySelectorAll(".cs-numbers input")) each.checked = areShown;
  }

  function makeSwitch() {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "checkbox", checked: !root.dataset.csCitations });
    input.setAttribute("role", "switch");
    input.addEventListener("change", () => {
      show(input.checked);
      store(input.checked ? "" : HIDDEN);
    });
    label.className = "cs-numbers";
    label.append(input, NAME);
    return label;
  }

  show(stored() !== HIDDEN);
  document.querySelector(".cs-sources > h2")?.after(makeSwitch());
  // Whom a number disturbs is at one: the panel of each has the switch as well.
  document.addEventListener(
    "beforetoggle",
    ({ target, newState }) => {
      const isOfSources = target.matches(".cs-panel") && target.querySelector(".cs-panel__kind");
      if (newState === "open" && isOfSources) target.lastElementChild.append(makeSwitch());
    },
    true,
  );

  // What is folded

  /* Not all browsers unfold what a link leads into; and what is hidden has no place to go to. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const folded = [];
    for (let at = target; at; at = at.parentElement) {
      if (at.matches("details:not([open])")) folded.push(at);
    }
    // A source is one line; who comes to it wants the rest.
    const own = target.matches("li") && target.querySelector(":scope > details:not([open])");
    if (own) folded.push(own);
    for (const each of folded) each.open = true;
    if (folded.length) target.scrollIntoView();
    else if (!target.getClientRects().length) target.parentElement.scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  reveal();

  // On paper every source stands. Browsers that cannot unfold by a style sheet need this.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".cs-sources details:not([open])")];
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });
})();
