// editorial: prints no words; speaks those of the page, and says "Picture" before a picture's.

/* Reads the page aloud with a voice of the device, sentence by sentence, and marks where it is.
   theme/scripts/tools.js loads it with the first tap on "Listen". Nothing is stored or sent. */
(() => {
  "use strict";

  const WORDS = { picture: "Picture" };
  const article = document.querySelector("article");
  const button = document.querySelector(".cs-tools__listen");
  const bar = document.querySelector(".cs-listen");
  const part = (name) => bar.querySelector(`.cs-listen__${name}`);
  const synth = speechSynthesis;

  // What is about the page, or shown elsewhere.
  const LEFT_OUT =
    ".cs-citation, .cs-gone, .headerlink, .cs-review, .cs-tools, .cs-copied, .cs-listen, .cs-sources, .cs-words, " +
    ".cs-take, .cs-panel, nav, aside, button, label, input, select, textarea, script, style, template, [hidden]";
  // What is within a sentence, even where it is drawn as a button.
  const WITHIN =
    "a, abbr, b, bdi, cite, code, dfn, em, i, kbd, mark, q, s, small, span, strong, sub, sup, time, u, var, wbr";
  const EMERGENCY = ".admonition.danger, .cs-warning";
  const MARK = "cs-listen";
  // Voices for fun, which Apple's computers list first.
  const NOVELTY =
    /^(?:Albert|Bad News|Bahh|Bells|Boing|Bubbles|Cellos|Good News|Jester|Organ|Superstar|Trinoids|Whisper|Wobble|Zarvox|Fred|Junior|Kathy|Ralph|Eddy|Flo|Grandma|Grandpa|Reed|Rocko|Sandy|Shelley)\b/;
  // Read digit by digit wherever they stand; "1,000" is no number to call.
  const NUMBERS_TO_CALL = /(?<![\d.,])(?:000|111|112|911|988|999)(?![.,]?\d)/g;
  const GAP = 100; // milliseconds: Chrome drops what is said right after `cancel`
  const WATCH = 1000; // and how often to look whether a voice has fallen silent without a word
  const MOST_LOOKS = 10; // before it is plain that it will not begin
  const SCROLLING = 1000; // and how long a scroll of ours may take

  let sentences = [];
  let at = 0;
  let current = null; // what is being said; null while paused or stopped
  let starting, watching; // timers
  let isFollowing = true;
  let ownScrollUntil = 0;

  // What the page says, in its order, but the emergency first

  function readPage() {
    const told = [];
    collect(article, told);
    const emergency = article.querySelector(EMERGENCY);
    const rank = ({ block }) => (block.matches("h1") ? 0 : emergency?.contains(block) ? 1 : 2);
    return told.map((each) => [rank(each), each]).sort(([a], [b]) => a - b).map(([, each]) => each);
  }

  /* Add the sentences of a block. Text that stands together is one piece, however it is marked up. */
  function collect(block, told, prefix = "") {
    let pieces = [];
    let text = "";

    function flush() {
      split(text, pieces, block, told, prefix);
      pieces = [];
      text = "";
    }

    function visit(parent) {
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) {
          const isNumber = Boolean(node.parentElement.closest('a[href^="tel:"]'));
          pieces.push({ node, start: text.length, isNumber });
          // A line's end would part sentences.
          text += node.data.replace(/\s/g, " ");
        } else if (node.nodeType !== Node.ELEMENT_NODE) {
          continue;
        } else if (node.matches(LEFT_OUT) || getComputedStyle(node).display === "none") {
          // It would glue together what stands before and after it.
          text += " ";
        } else if (node.matches("img, svg")) {
          flush();
          describe(node, told);
        } else if (node.matches("br")) {
          flush();
        } else if (node.matches("table")) {
          flush();
          collectTable(node, told);
        } else if (node.matches(WITHIN)) {
          visit(node);
        } else {
          flush();
          collect(node, told);
        }
      }
    }

    visit(block);
    flush();
  }

  function split(text, pieces, block, told, prefix) {
    for (const { index, segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
      if (!/[\p{L}\p{N}]/u.test(segment)) continue;
      const start = index + segment.length - segment.trimStart().length;
      const end = index + segment.trimEnd().length;
      const within = pieces
        .map(({ node, start: first, isNumber }) => ({
          node,
          isNumber,
          from: Math.max(start - first, 0),
          to: Math.min(end - first, node.length),
        }))
        .filter(({ from, to }) => from < to);
      told.push({ block, within, says: prefix + spoken(within) });
      prefix = "";
    }
  }

  /* What a picture shows, as it is told to people who cannot see it. */
  function describe(picture, told) {
    const ids = ["aria-labelledby", "aria-describedby"].map((name) => picture.getAttribute(name));
    const parts = picture.matches("img")
      ? [picture.alt]
      : ids.map((id) => id && document.getElementById(id)?.textContent);
    const text = parts.filter(Boolean).join(". ");
    if (!text) return;
    let prefix = `${WORDS.picture}: `;
    for (const { segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
      told.push({ block: picture.closest("figure") || picture, within: [], says: prefix + plain(segment) });
      prefix = "";
    }
  }

  /* A cell by itself tells little: before it, the head of its column, where its row's does not do. */
  function collectTable(table, told) {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")].map((head) => plain(head.textContent));
    if (table.caption) collect(table.caption, told);
    for (const row of table.querySelectorAll("tbody > tr")) {
      const isPair = row.cells.length === 2 && row.cells[0].matches("th");
      [...row.cells].forEach((cell, column) => {
        const head = isPair || cell.matches("th") ? "" : heads[column];
        collect(cell, told, head ? `${head.replace(/[:.]$/, "")}: ` : "");
      });
    }
  }

  // How it is said

  function spoken(within) {
    const texts = within.map(({ node, from, to, isNumber }) => {
      const text = node.data.slice(from, to);
      return isNumber ? digits(text) : text;
    });
    return plain(texts.join(""));
  }

  function plain(text) {
    return text
      .replace(NUMBERS_TO_CALL, digits)
      .replaceAll("&", " and ")
      .replace(/(\d)\s?–\s?(\d)/g, "$1 to $2")
      .replace(/\s+/g, " ")
      .trim();
  }

  function digits(number) {
    return number.replace(/(?<=\d)[\s-]+(?=\d)/g, ", ").replace(/\d(?=\d)/g, "$& ");
  }

  function voice() {
    const language = document.documentElement.lang;
    const inUS = ({ lang }) => lang.replace("_", "-") === "en-US";
    const worth = (each) => !NOVELTY.test(each.name) * 4 + inUS(each) * 2 + each.default;
    return synth
      .getVoices()
      .filter((each) => each.localService && each.lang.startsWith(language))
      .sort((a, b) => worth(b) - worth(a))[0];
  }

  function say() {
    hush();
    const sentence = sentences[at];
    if (!sentence) return stop();
    const utterance = new SpeechSynthesisUtterance(sentence.says);
    utterance.voice = voice();
    utterance.lang = utterance.voice?.lang;
    utterance.rate = Number(part("speed").value);
    // A voice that is gone is no reason to use one that is not on the device.
    if (!utterance.voice) return stop();
    let hasBegun = false;
    let silent = 0;
    let looks = 0;
    utterance.onstart = () => (hasBegun = true);
    utterance.onend = () => utterance === current && next();
    utterance.onerror = () => utterance === current && stop();
    current = utterance;
    show(sentence);
    starting = setTimeout(() => synth.speak(utterance), synth.speaking || synth.pending ? GAP : 0);
    // Some voices end without telling, and some never begin.
    watching = setInterval(() => {
      silent = synth.speaking || synth.pending ? 0 : silent + 1;
      looks += 1;
      if (silent > 1 && hasBegun) next();
      else if (silent > 1 || (looks > MOST_LOOKS && !hasBegun)) stop();
    }, WATCH);
  }

  function next() {
    at += 1;
    say();
  }

  function hush() {
    current = null;
    clearTimeout(starting);
    clearInterval(watching);
    synth.cancel();
  }

  // Where it is

  function show(sentence) {
    unmark();
    const folded = sentence.block.closest("details:not([open])");
    if (folded) folded.open = true;
    const ranges = sentence.within.map(({ node, from, to }) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return range;
    });
    if (ranges.length && window.CSS?.highlights) CSS.highlights.set(MARK, new Highlight(...ranges));
    else sentence.block.classList.add(MARK + "-block");
    const boxes = (ranges.length ? ranges : [sentence.block]).map((each) => each.getBoundingClientRect());
    follow(Math.min(...boxes.map(({ top }) => top)), Math.max(...boxes.map(({ bottom }) => bottom)));
  }

  function unmark() {
    window.CSS?.highlights?.delete(MARK);
    for (const block of document.querySelectorAll(`.${MARK}-block`)) block.classList.remove(`${MARK}-block`);
  }

  /* Bring the sentence into sight, unless its reader looks elsewhere. */
  function follow(top, bottom) {
    const ceiling = Math.max(document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0, 0);
    const floor = bar.getBoundingClientRect().top;
    const isInSight = top >= ceiling && bottom <= floor;
    isFollowing ||= isInSight;
    if (isInSight || !isFollowing) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    ownScrollUntil = performance.now() + SCROLLING;
    scrollBy({ top: top - ceiling - (floor - ceiling) / 4, behavior: isCalm ? "instant" : "smooth" });
  }

  function leave() {
    isFollowing = false;
  }

  for (const gesture of ["wheel", "touchmove"]) addEventListener(gesture, leave, { passive: true });
  // By keys, or by the bar at the window's side.
  addEventListener("scroll", () => performance.now() > ownScrollUntil && leave(), { passive: true });

  // What readers do

  function start() {
    sentences = readPage();
    at = 0;
    isFollowing = true;
    reveal(true);
    go();
    part("pause").focus({ preventScroll: true });
  }

  function reveal(isShown) {
    bar.hidden = !isShown;
    button.setAttribute("aria-expanded", isShown);
    document.documentElement.classList.toggle("cs-listens", isShown);
  }

  function go() {
    isFollowing = true;
    swap(true);
    say();
  }

  function pause() {
    hush();
    swap(false);
  }

  /* One of the two is there, and keeps the focus of the other. */
  function swap(isPlaying) {
    const hadFocus = document.activeElement?.matches(".cs-listen__pause, .cs-listen__resume");
    part("pause").hidden = !isPlaying;
    part("resume").hidden = isPlaying;
    if (hadFocus) part(isPlaying ? "pause" : "resume").focus({ preventScroll: true });
  }

  function stop() {
    hush();
    unmark();
    const hadFocus = bar.contains(document.activeElement);
    reveal(false);
    if (hadFocus) button.focus({ preventScroll: true });
  }

  button.addEventListener("click", () => (bar.hidden ? start() : stop()));
  part("pause").addEventListener("click", pause);
  part("resume").addEventListener("click", go);
  part("stop").addEventListener("click", stop);
  // What is being said cannot change its speed: its sentence begins anew.
  part("speed").addEventListener("change", () => current && say());
  // A browser would go on speaking on the next page.
  addEventListener("pagehide", stop);

  start();
})();
