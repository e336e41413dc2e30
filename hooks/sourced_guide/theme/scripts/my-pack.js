// editorial: says how many pages are in a list to print, and which of them were opened.

/* "Take it with you": the pages that a reader ticks become a list to print from, one after the other.

   The choice is in the fragment of the page's address and nowhere else: a browser sends it to nobody,
   and nothing is stored. Without this script, the handouts of all pages are there. */
(() => {
  "use strict";

  const WORDS = {
    none: "No page is ticked yet.",
    some: (count, opened) => `My pack: ${count === 1 ? "1 page" : `${count} pages`}, ${opened} opened.`,
    unknown: (count) => ` ${count} of the pages in this address ${count === 1 ? "is" : "are"} not here any more.`,
    opened: " (opened)",
  };
  const PAGES = "my-pack";
  const PAPER = "paper";

  const section = document.querySelector(".cs-single");
  const template = section?.querySelector("template");
  if (!template) return;

  const details = section.querySelector("details");
  details.after(template.content);
  const find = (name) => section.querySelector(name);
  details.before(find(".cs-single__how"));
  const count = find(".cs-my-pack__count");
  const list = find(".cs-my-pack__list");
  const paper = find("#cs-my-pack-paper");
  const address = find("#cs-my-pack-address");
  const next = find(".cs-my-pack__next");
  const clear = find(".cs-my-pack__clear");

  const opened = new Set();
  let unknown = 0;

  /* A box to tick before the name of each handout, which becomes its label. */
  const handouts = [...section.querySelectorAll("[data-cs-handout]")].map((line) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    const label = document.createElement("label");
    const name = line.firstElementChild;
    name.replaceWith(label);
    label.append(box, " ", name);
    return { name: line.dataset.csHandout, title: name.textContent, box, links: [...line.querySelectorAll("a")] };
  });

  const chosen = () => handouts.filter(({ box }) => box.checked);
  const link = ({ links }) => links.find(({ href }) => href.endsWith(`-${paper.value}.pdf`)).href;

  function entry(handout) {
    const line = document.createElement("li");
    const to = document.createElement("a");
    to.href = link(handout);
    to.target = "cs-my-pack";
    to.textContent = handout.title;
    to.addEventListener("click", () => note(handout));
    line.append(to, opened.has(handout) ? WORDS.opened : "");
    return line;
  }

  function show() {
    const pack = chosen();
    list.replaceChildren(...pack.map(entry));
    const done = pack.filter((handout) => opened.has(handout)).length;
    count.textContent =
      (pack.length ? WORDS.some(pack.length, done) : WORDS.none) + (unknown ? WORDS.unknown(unknown) : "");
    next.disabled = done === pack.length;
    clear.disabled = !pack.length;
    const at = new URL(location.href);
    at.hash = pack.length ? `${PAGES}=${pack.map(({ name }) => name).join()}&${PAPER}=${paper.value}` : PAGES;
    address.value = at.href;
    return at;
  }

  /* Write what has changed into the address; the page stays where it is. */
  function keep() {
    unknown = 0;
    history.replaceState(history.state, "", show());
  }

  function note(handout) {
    opened.add(handout);
    // Only now: a browser follows the link that it was asked to follow.
    setTimeout(show);
  }

  function read() {
    const told = new URLSearchParams(location.hash.slice(1));
    if (!told.get(PAGES)) return;
    const names = new Set(told.get(PAGES).split(","));
    handouts.forEach((handout) => (handout.box.checked = names.delete(handout.name)));
    unknown = names.size;
    if ([...paper.options].some(({ value }) => value === told.get(PAPER))) paper.value = told.get(PAPER);
    opened.clear();
    show();
    find("h2").scrollIntoView();
  }

  section.addEventListener("change", ({ target }) => {
    if (target === paper) opened.clear();
    keep();
  });
  next.addEventListener("click", () => {
    const handout = chosen().find((each) => !opened.has(each));
    window.open(link(handout), "cs-my-pack");
    note(handout);
  });
  clear.addEventListener("click", () => {
    handouts.forEach(({ box }) => (box.checked = false));
    opened.clear();
    keep();
    details.querySelector("summary").focus();
  });
  address.addEventListener("focus", () => address.select());
  addEventListener("hashchange", read);

  show();
  read();
})();
