// editorial: prints the labels of a filter, and how many lines of the list it leaves.

/* The index of all sources, and the glossary: a filter by words and by kind.

   Without this script the whole list is there, by letters. What is typed is in the field and nowhere
   else: nothing is sent or stored. */
(() => {
  "use strict";

  const WORDS = {
    words: "Find by words",
    kind: "Kind",
    all: "All kinds",
    found: (count, of) => (count === of ? `All ${of} shown` : `${count} of ${of} shown`),
  };
  const LINES = ".cs-index__lines a";
  // How a line of the index ends: "Trial, 2005".
  const KIND = /[.?!] ([^.?!]+), (?:\d{4}|no date)$/;

  /* What the list of sources once had in itself is in its parts now: an address of a passage from
     another site leads on from its source. */
  function leadOn() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    const source = document.getElementById(id.slice(0, id.lastIndexOf("--")));
    if (source?.matches(LINES)) location.replace(source.href.split("#")[0] + location.hash);
  }
  leadOn();
  addEventListener("hashchange", leadOn);

  const index = document.querySelector(".cs-index");
  if (!index) return;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const lines = [...index.querySelectorAll(LINES)].map((line) => {
    const text = line.textContent;
    return { line, text: plain(text), kind: text.match(KIND)?.[1] };
  });
  const kinds = [...new Set(lines.map(({ kind }) => kind).filter(Boolean))].sort();

  const words = make("input", {
    id: "cs-filter-words",
    type: "search",
    autocomplete: "off",
    autocapitalize: "off",
    // Some browsers have their maker check the spelling: what is typed would be sent there.
    spellcheck: "false",
  });
  const kind = make("select", { id: "cs-filter-kind" }, make("option", { value: "" }, WORDS.all));
  kind.append(...kinds.map((name) => make("option", { value: name }, name)));
  const count = make("p", { class: "cs-filter__count", role: "status" });

  function filter() {
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of lines) {
      const fits = (!kind.value || each.kind === kind.value) && asked.every((word) => each.text.includes(word));
      each.line.hidden = !fits;
      shown += fits;
    }
    for (const group of index.querySelectorAll(".cs-index__lines")) {
      group.hidden = !group.querySelector("a:not([hidden])");
      group.previousElementSibling.hidden = group.hidden;
    }
    // A letter of which nothing is left leads nowhere.
    for (const letter of index.querySelectorAll(".cs-letters a")) {
      letter.hidden = document.getElementById(letter.hash.slice(1)).hidden;
    }
    count.textContent = WORDS.found(shown, lines.length);
  }

  words.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  const label = (box, name) => make("p", {}, make("label", { for: box.id }, name), box);
  index.prepend(
    make("div", { class: "cs-filter", role: "search" }, label(words, WORDS.words), label(kind, WORDS.kind), count),
  );
})();
