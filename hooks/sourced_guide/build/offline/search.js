/* From a file no browser starts a worker. The search runs in the page then: its worker is a function
   here (search.py), loaded when the search is first opened. */
window.Worker = class extends EventTarget {
  #address;
  #started;

  constructor(address) {
    super();
    this.#address = address;
  }

  postMessage(data) {
    this.#started ??= this.#start();
    this.#started.then((listener) => listener({ data }));
  }

  #start() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.#address;
      script.addEventListener("error", reject);
      script.addEventListener("load", () =>
        searchWorker(
          (type, listener) => resolve(listener),
          (answer) => this.dispatchEvent(new MessageEvent("message", { data: answer })),
        ),
      );
      document.head.append(script);
    });
  }
};
