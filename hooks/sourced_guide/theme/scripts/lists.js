// editorial: prints the labels of a filter, and how many entries of the list it leaves.

/* The index of all sources, and the glossary: a filter by words, and for sources by kind.

   Without this script the whole list is there, by letters. What is typed is not sent, and not stored
   beyond the entry of the window's history that it belongs to. */
(() => {
  "use strict";

  const WORDS = {
    source: "Find a source by words",
    term: "Find a word",
    filter: "Filter this list",
    kind: "Kind of source",
    all: "All kinds",
    found: (count, of) => (count === of ? `All ${of} are shown` : `${count} of ${of} are shown`),
  };
  const LINE = ".cs-index__lines a";
  const TERM = "dt[id^='term-']";
  // How a line of the index ends: "Trial, 2005".
  const KIND = /[.?!] ([^.?!]+), (?:\d{4}|no date)$/;

  /* Passages are in the parts of the list, and an address of one from another site names the list. */
  function leadOn() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    const line = document.getElementById(id.slice(0, id.lastIndexOf("--")));
    if (line?.matches(LINE)) location.replace(line.href.split("#")[0] + location.hash);
  }

  leadOn();
  addEventListener("hashchange", leadOn);

  const letters = document.querySelector(".cs-letters");
  const first = document.querySelector(`${LINE}, ${TERM}`);
  if (!letters || !first) return;

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  /* A line is an entry by itself; a term goes on up to the next one. */
  function entryOf(start) {
    const parts = [start];
    while (start.matches(TERM) && parts.at(-1).nextElementSibling?.matches(`:not(${TERM})`)) {
      parts.push(parts.at(-1).nextElementSibling);
    }
    const text = (of) => plain(of.map(({ textContent }) => textContent).join(" "));
    return {
      parts,
      names: text(parts.filter((part) => !part.matches("dd"))),
      text: text(parts),
      kind: start.textContent.match(KIND)?.[1],
    };
  }

  const entries = [...document.querySelectorAll(`${LINE}, ${TERM}`)].map(entryOf);

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  const words = make("input", {
    id: "cs-filter-words",
    type: "search",
    autocomplete: "off",
    autocapitalize: "off",
    // Some browsers have their maker check the spelling: what is typed would be sent there.
    spellcheck: "false",
  });
  const kinds = [...new Set(entries.map(({ kind }) => kind).filter(Boolean))].sort();
  const options = kinds.map((kind) => make("option", { value: kind }, kind));
  const kind = make("select", { id: "cs-filter-kind" }, make("option", { value: "" }, WORDS.all), ...options);
  const count = make("p", { class: "cs-filter__count", role: "status" });

  function filter() {
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    const ofKind = entries.filter((entry) => !kind.value || entry.kind === kind.value);
    const having = (where) => ofKind.filter((entry) => asked.every((word) => entry[where].includes(word)));
    // Who types a term wants that, not each definition that has it.
    const named = having("names");
    const shown = new Set(named.length ? named : having("text"));
    for (const entry of entries) {
      for (const part of entry.parts) part.hidden = !shown.has(entry);
    }
    // A letter of which nothing is left leads nowhere.
    for (const letter of letters.querySelectorAll("a")) {
      const heading = document.getElementById(letter.hash.slice(1));
      const group = heading.nextElementSibling;
      letter.hidden = heading.hidden = group.hidden = !group.querySelector(":scope > :not([hidden])");
    }
    count.textContent = WORDS.found(shown.size, entries.length);
  }

  // Who comes back from an entry finds the list as it was.
  addEventListener("click", ({ target }) => {
    if (!target.closest?.(LINE)) return;
    history.replaceState({ ...history.state, filter: [words.value, kind.value] }, "");
  });

  words.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  const labeled = (box, name) => make("p", {}, make("label", { for: box.id }, name), box);
  const boxes = [labeled(words, first.matches(TERM) ? WORDS.term : WORDS.source)];
  if (kinds.length) boxes.push(labeled(kind, WORDS.kind));
  [words.value, kind.value] = history.state?.filter ?? ["", ""];
  if (words.value || kind.value) filter();
  letters.before(make("div", { class: "cs-filter web-only", role: "search", "aria-label": WORDS.filter }, ...boxes, count));
})();
