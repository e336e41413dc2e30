// editorial: prints the names of a panel's parts; what a panel tells is copied from its page.

/* Panels: a citation's number tells of its source, a term tells what it means.

   Without this script both are links: to the page's sources, to the glossary. A plain click, tap or
   Enter opens a panel instead, and a mouse that rests on the link does, too. The panel is a native
   popover: the browser puts it above all else, and closes it on Escape and on a tap outside. */
(() => {
  "use strict";

  const WORDS = { source: "Source", glossary: "Words explained", close: "Close" };
  const LINKS = ".cs-citation a, a.cs-term";
  // Where a sentence ends at the latest. A panel is a div, so what it says is no part of a sentence.
  const BLOCKS = "p, li, dt, dd, td, th, caption, figcaption, summary, h1, h2, h3, h4, h5, h6, div";
  const REST = 400; // milliseconds: long enough that a mouse on its way elsewhere opens nothing
  const LEAVE = 300; // and for one that strays from an open panel to come back
  const EDGE = 8; // pixels between a panel and the window's edges
  const GAP = 4; // and between it and its sentence: less than between two lines
  const LEAST = 160; // pixels of a panel's height in which one can read

  if (!HTMLElement.prototype.showPopover) return;

  let shown = null; // the open panel: { link, panel, pinned }; one that only a mouse opened is not pinned
  let pressed = null; // the link whose pinned panel was open when a finger or a button went down
  let left = null; // the link whose panel closed last: the mouse has to leave it before it opens again
  let opening = 0;
  let closing = 0;

  for (const link of document.querySelectorAll(LINKS)) {
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
  }

  // What a panel tells

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function copy(original) {
    const clone = original.cloneNode(true);
    [clone, ...clone.querySelectorAll("[id]")].forEach((each) => each.removeAttribute("id"));
    return clone;
  }

  function aboutTerm(link) {
    const definition = document.getElementById(link.getAttribute("aria-describedby"));
    const more = make("a", { href: link.href }, WORDS.glossary);
    return (
      definition && {
        title: definition.previousElementSibling.textContent,
        parts: [make("p", {}, ...copy(definition).childNodes), make("p", {}, more)],
      }
    );
  }

  /* What the page's list tells of the source, less its reference and passages cited elsewhere. */
  function aboutSource(link) {
    const source = document.getElementById(link.hash.slice(1));
    if (!source) return null;
    const told = copy(source);
    told.querySelector(".cs-reference")?.closest("p")?.remove();
    const cited = (link.dataset.csPassages || "").split(" ");
    for (const passage of told.querySelectorAll("[data-cs-passage]")) {
      if (!cited.includes(passage.dataset.csPassage)) passage.remove();
    }
    told.querySelectorAll("details").forEach((box) => (box.open = true));
    return { title: `${WORDS.source} ${link.textContent}`, parts: [...told.childNodes] };
  }

  function panelFor(link) {
    const about = link.matches(".cs-term") ? aboutTerm(link) : aboutSource(link);
    if (!about) return null;
    const title = make("p", { class: "cs-panel__title", id: "cs-panel-title" }, about.title);
    const button = make("button", { type: "button", class: "cs-panel__close" }, WORDS.close);
    button.addEventListener("click", close);
    const panel = make(
      "div",
      {
        class: "cs-panel",
        popover: "auto",
        role: "dialog",
        tabindex: "-1",
        "aria-labelledby": "cs-panel-title",
        "aria-describedby": "cs-panel-text",
      },
      make("div", { class: "cs-panel__head" }, title, button),
      make("div", { class: "cs-panel__text", id: "cs-panel-text" }, ...about.parts),
    );
    panel.addEventListener("beforetoggle", ({ newState }) => {
      link.setAttribute("aria-expanded", newState === "open");
    });
    // The browser may close it, too.
    panel.addEventListener("toggle", ({ newState }) => {
      if (newState === "closed" && shown?.panel === panel) close();
    });
    return panel;
  }

  // Opening and closing

  function focus(element) {
    element.focus({ preventScroll: true });
  }

  function open(link, pinned) {
    close();
    const panel = panelFor(link);
    if (!panel) return false;
    // Right after the link, so that Tab goes from the panel to what follows the link.
    (link.closest("sup") || link).after(panel);
    shown = { link, panel, pinned };
    panel.showPopover();
    if (pinned) focus(panel);
    if (!place(pinned) && !pinned) close();
    return true;
  }

  function close() {
    clearTimeout(opening);
    clearTimeout(closing);
    closing = 0;
    if (!shown) return;
    const { link, panel, pinned } = shown;
    const { activeElement } = document;
    shown = null;
    left = link;
    if (panel.matches(":popover-open")) panel.hidePopover();
    panel.remove();
    // Not where a reader has gone on to something else.
    if (pinned && (panel.contains(activeElement) || activeElement === document.body)) focus(link);
  }

  // Where a panel stands

  /* Top and bottom of the sentence that holds the link; in a table, of its row, which is one claim. */
  function sentenceOf(link) {
    const row = link.closest("tr");
    if (row) return row.getBoundingClientRect();
    const block = link.closest(BLOCKS);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const pieces = [];
    let text = "";
    let at = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(BLOCKS) !== block) continue;
      if (link.contains(node)) at = text.length;
      pieces.push({ node, start: text.length });
      // Numbers would glue sentences together ("at night.3 It"), and a line's end would part them.
      const isNumber = node.parentElement.closest(".cs-citation");
      text += isNumber ? " ".repeat(node.length) : node.data.replace(/\s/g, " ");
    }
    const sentences = new Intl.Segmenter("en", { granularity: "sentence" }).segment(text);
    const { index, segment } = sentences.containing(at);
    const range = document.createRange();
    const first = pieces.findLast(({ start }) => start <= index);
    const last = pieces.findLast(({ start }) => start < index + segment.length);
    range.setStart(first.node, index - first.start);
    range.setEnd(last.node, index + segment.length - last.start);
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
    return {
      top: Math.min(...boxes.map((box) => box.top)),
      bottom: Math.max(...boxes.map((box) => box.bottom)),
    };
  }

  /* Put the panel below its sentence, or above it, never over it. Where neither has room for all of
     it, scroll the page, or, as a mouse that rests may not do that, make do with what room there is;
     return whether that is enough to read in. */
  function place(mayScroll) {
    const { link, panel } = shown;
    const { top, bottom } = sentenceOf(link);
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    const ceiling = Math.max(header, 0) + EDGE;
    const floor = document.documentElement.clientHeight - EDGE;
    const above = top - GAP - ceiling;
    const below = floor - GAP - bottom;
    panel.style.maxBlockSize = "none";
    const whole = panel.offsetHeight;
    const fits = whole <= Math.max(above, below);
    const isBelow = whole <= below || (!fits && (mayScroll || below > above));
    let height = whole;
    if (!fits) {
      // All of the sentence stays in sight, unless that leaves the panel less than half of the room.
      const most = Math.max(above + below, (floor - ceiling) / 2);
      height = Math.min(whole, mayScroll ? most : Math.max(above, below));
      panel.style.maxBlockSize = `${height}px`;
    }
    const column = (link.closest("article") || document.body).getBoundingClientRect();
    const side = Math.min(link.getBoundingClientRect().left, column.right - panel.offsetWidth);
    panel.style.left = `${scrollX + Math.max(side, EDGE)}px`;
    panel.style.top = `${scrollY + (isBelow ? bottom + GAP : top - GAP - height)}px`;
    if (!fits && mayScroll) {
      const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrollBy({ top: height - below, behavior: isCalm ? "instant" : "smooth" });
    }
    return height >= Math.min(whole, LEAST);
  }

  // What readers do

  addEventListener("click", (event) => {
    const link = event.target.closest?.(LINKS);
    // A finger on nothing in particular has taken the focus that closing gave to the link.
    if (!link && pressed && document.activeElement === document.body) focus(pressed);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // A press on the link has already closed its panel; a key has not.
    const wasOpen = (event.detail ? pressed : shown?.pinned && shown.link) === link;
    if (wasOpen) close();
    if (wasOpen || open(link, true)) event.preventDefault();
  });

  addEventListener("pointerdown", () => (pressed = shown?.pinned ? shown.link : null), true);

  // Safari before 18.3 on phones leaves a popover open when a finger taps outside it.
  addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch" && shown && !shown.panel.contains(event.target)) close();
  });

  // Whoever moves on by keyboard gets to see what has focus: the panel may lie over it.
  addEventListener("focusin", ({ target }) => {
    if (shown?.panel.contains(target)) shown.pinned = true;
    else if (shown && target !== shown.link) close();
  });

  addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest?.(LINKS);
    if (link !== left) left = null;
    clearTimeout(opening);
    if (link && link !== left && link !== shown?.link && !shown?.pinned && !event.buttons) {
      opening = setTimeout(open, REST, link, false);
    }
    if (!shown || shown.pinned) return;
    if (!isOnTheWay(event)) closing ||= setTimeout(close, LEAVE);
    else closing = clearTimeout(closing);
  });

  /* Whether the mouse is on the link, on its panel, or on its way from one to the other. */
  function isOnTheWay({ clientX, clientY }) {
    const boxes = [shown.link, shown.panel].map((each) => each.getBoundingClientRect());
    return (
      clientX >= Math.min(...boxes.map((box) => box.left)) &&
      clientX <= Math.max(...boxes.map((box) => box.right)) &&
      clientY >= Math.min(...boxes.map((box) => box.top)) &&
      clientY <= Math.max(...boxes.map((box) => box.bottom))
    );
  }

  // A phone turned, or a window pulled: the lines break anew.
  addEventListener("resize", () => shown && place(false));
})();
