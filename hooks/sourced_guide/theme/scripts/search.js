// editorial: prints no words of its own, shows notices of the page's template and whom to call, as a page says it.

/* What the guide adds to the theme's search (Material 9.8.1). Loaded before the theme's own script.

   What the search looks in is by far the largest file of the guide, and the worker that looks is
   another. The theme asks for both with each first page and has no setting for that; here they wait
   until somebody goes to the search. And what the worker says of a query beside what it has found,
   the theme does not show. Of a query nothing is stored, and nothing goes into an address: only the
   browser's history knows it, so that Back leads from a result to what was found. */
(() => {
  "use strict";

  const INDEX = /\/search_index\.json$/;
  const OWN = /(?:^|\/)search\/worker\.\w+\.js$/;
  const FROM_LINK = /[?&]q=/;
  const RESULT = 3;
  const LINKS = ".md-search-result__link, .cs-found a";
  const SHORTCUTS = "fs/pn,.";
  const { open, send } = XMLHttpRequest.prototype;
  const { Worker } = window;
  const late = new WeakSet();
  let go;
  const wanted = new Promise((resolve) => (go = resolve));
  if (FROM_LINK.test(location.search)) go();
  addEventListener("focusin", ({ target }) => target.closest("[data-md-component=search]") && go());

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (INDEX.test(address)) late.add(this);
    return open.call(this, method, address, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (late.has(this)) wanted.then(() => send.call(this, body));
    else send.call(this, body);
  };

  /* The guide's own worker starts with its first message. */
  window.Worker = function (address, options) {
    return OWN.test(address) ? new LateWorker(address) : new Worker(address, options);
  };

  class LateWorker extends EventTarget {
    #address;
    #worker;

    constructor(address) {
      super();
      this.#address = address;
    }

    postMessage(data) {
      this.#worker ??= this.#start();
      this.#worker.postMessage(data);
    }

    #start() {
      const worker = new Worker(this.#address);
      worker.addEventListener("message", ({ data }) => {
        this.dispatchEvent(new MessageEvent("message", { data }));
        if (data.type === RESULT) tell(data.data.guide);
      });
      return worker;
    }
  }

  const toggle = document.getElementById("__search");
  const field = document.querySelector("input[name=query]");
  let isLeaving = false;

  function remember(search) {
    history.replaceState({ ...history.state, search }, "");
    // WebKit resets the fields of a page that it shows again, before it tells of it or after.
    field.defaultValue = search?.query ?? "";
    toggle.defaultChecked = Boolean(search);
  }

  addEventListener(
    "click",
    ({ target }) => {
      const link = target.closest(LINKS);
      if (!link) return;
      isLeaving = true;
      remember({ query: field.value, at: [...document.querySelectorAll(LINKS)].indexOf(link) });
    },
    true,
  );
  // Who has closed the search is done with it; the theme closes it for a result, too.
  toggle.addEventListener("change", () => {
    if (!toggle.checked && !isLeaving && history.state?.search) remember();
  });
  // Who empties the field finds it empty, whatever was remembered.
  field.form.addEventListener("reset", () => (field.defaultValue = ""));
  addEventListener("pageshow", comeBack);
  addEventListener("popstate", comeBack);

  function comeBack() {
    isLeaving = false;
    if (!history.state?.search) return;
    const { query, at } = history.state.search;
    const back = () => document.querySelectorAll(LINKS)[at]?.focus();
    new MutationObserver((_, observer) => {
      back();
      if (document.activeElement.matches(LINKS)) observer.disconnect();
    }).observe(document.querySelector(".md-search-result__list"), { childList: true });
    go();
    // The theme is told that the search is open even where a reset has opened it.
    toggle.checked = false;
    toggle.click();
    field.value = query;
    field.dispatchEvent(new KeyboardEvent("keyup"));
    back();
  }

  /* The theme has shortcuts of one letter, which who speaks to a device sets off (WCAG 2.1.4). */
  addEventListener("keydown", (event) => {
    if (!toggle.checked && SHORTCUTS.includes(event.key)) event.stopImmediatePropagation();
  });

  /* Say above the results how a query was read, or where to look when nothing was found. */
  function tell({ loose, missing, isNothing, emergency }) {
    const notes = document.querySelector(".cs-found");
    const parts = [];
    if (loose.length && !isNothing) parts.push(note("loose", loose));
    if (missing.length && !isNothing) parts.push(note("missing", missing));
    if (isNothing) parts.push(note("nothing", []), calls(emergency));
    notes.replaceChildren(...parts);
    notes.hidden = !parts.length;
  }

  function note(name, words) {
    const made = document.querySelector(`template.cs-found-${name}`).content.cloneNode(true);
    for (const place of made.querySelectorAll("em")) place.textContent = words.join(", ");
    return made;
  }

  /* Whom to call, as the page Warning signs says. */
  function calls(emergency) {
    const made = document.createElement("div");
    made.className = "cs-found__call";
    made.innerHTML = emergency;
    for (const link of made.querySelectorAll("a")) {
      // The theme looks for a score in each link when somebody presses Enter.
      const words = document.createElement("span");
      words.dataset.mdScore = "-1";
      words.append(...link.childNodes);
      link.append(words);
    }
    return made;
  }
})();
