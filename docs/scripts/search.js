/* What the guide adds to the theme's search (Material 9.8.1). Loaded before the theme's own script.

   What the search looks in is by far the largest file of the guide, and the worker that looks is
   another. The theme asks for both with each first page and has no setting for that; here they wait
   until somebody goes to the search. And what the worker says of a query beside what it has found,
   the theme does not show. Nothing of a query is kept, and none of it goes into an address. */
(() => {
  "use strict";

  const INDEX = /\/search_index\.json$/;
  const OWN = /(?:^|\/)search\/worker\.\w+\.js$/;
  const FROM_LINK = /[?&]q=/;
  const RESULT = 3;
  const { open, send } = XMLHttpRequest.prototype;
  const { Worker } = window;
  const late = new WeakSet();
  const wanted = new Promise((go) => {
    if (FROM_LINK.test(location.search)) go();
    addEventListener("focusin", ({ target }) => target.closest("[data-md-component=search]") && go());
  });

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
