/* The answers: kept in this browser where it allows that, and in a file. */
const FORMAT = "sourced-guide review answers 1";

class State {
  reviewer = { name: "", role: "", interests: "" };
  // By question: the answer (empty if there is none yet), the comment, and when.
  answers = new Map();
  // The id of the question that was shown last, and when a file was saved.
  last = "";
  filed = "";
  keys = true;
  refused = false;
  #key;
  #pack;

  constructor(pack) {
    this.#pack = pack;
    this.#key = `sourced-guide review ${pack.id}`;
    this.#read();
    // The same pack may be open twice.
    addEventListener("storage", ({ key }) => key?.startsWith(`${this.#key} `) && this.#read(true));
  }

  get given() {
    return this.#pack.questions.filter(({ id }) => this.answers.get(id)?.answer);
  }

  /** How many answers are in no file yet. */
  get unsaved() {
    return this.given.filter(({ id }) => this.answers.get(id).at > this.filed).length;
  }

  /** Comments without an answer, which no file has. */
  get loose() {
    return this.#pack.questions.filter(({ id }) => {
      const known = this.answers.get(id);
      return known?.comment && !known.answer;
    });
  }

  of(id) {
    return this.answers.get(id) ?? { answer: "", comment: "", at: "" };
  }

  set(id, change) {
    this.answers.set(id, { ...this.of(id), ...change, at: new Date().toISOString() });
    this.#write(`${this.#key} ${id}`, this.of(id));
  }

  /** Keep all but the answers, of which each is kept by itself. */
  keep() {
    const { reviewer, last, filed, keys } = this;
    this.#write(this.#key, { reviewer, last, filed, keys });
  }

  clear() {
    try {
      for (const id of this.answers.keys()) {
        localStorage.removeItem(`${this.#key} ${id}`);
      }
      localStorage.removeItem(this.#key);
    } catch {
      this.refused = true;
    }
    this.answers.clear();
    this.reviewer = { name: "", role: "", interests: "" };
    this.last = this.filed = "";
  }

  /** The file of answers. */
  file() {
    const answers = this.given.map(({ id, claim }) => ({ id, claim, ...this.of(id) }));
    const { reviewer } = this;
    return JSON.stringify({ format: FORMAT, pack: this.#pack.id, reviewer, answers }, null, 1);
  }

  /** Take the answers of a file; return what to say of them. */
  load(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      file = null;
    }
    if (file?.format !== FORMAT || !Array.isArray(file.answers) || !file.reviewer?.name) {
      return "This is not a file of answers, or not all of it is there.";
    }
    const mine = this.reviewer.name;
    if (mine && this.answers.size && mine !== file.reviewer.name) {
      return `These answers are by ${file.reviewer.name}, those in this browser by ${mine}. Nothing was loaded.`;
    }
    // Ids are digests of what was read, so answers to another pack may be about the same claims.
    const asked = new Set(this.#pack.questions.map(({ id }) => id));
    const known = file.answers.filter(({ id, answer }) => asked.has(id) && answer in ANSWERS);
    const answers = known.map(({ id, answer, comment, at }) => [id, { answer, comment, at }]);
    const newest = answers.map(([, { at }]) => at).sort().at(-1) ?? "";
    const whole = known.length === file.answers.length;
    const filed = newest > this.filed ? newest : this.filed;
    this.#take(answers);
    for (const [id] of answers) {
      this.#write(`${this.#key} ${id}`, this.of(id));
    }
    const { name, role, interests } = file.reviewer;
    Object.assign(this, { reviewer: { name, role, interests }, filed });
    this.keep();
    const rest = whole ? "" : `; ${counted(file.answers.length - known.length, "answer")} in it are about claims that are not in this pack`;
    return `${counted(known.length, "answer")} loaded${rest}.`;
  }

  #write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      this.refused = false;
    } catch {
      this.refused = true;
    }
  }

  #read(onlyAnswers = false) {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(`${this.#key} `));
      this.#take(names.map((name) => [name.split(" ").at(-1), JSON.parse(localStorage.getItem(name))]));
      const rest = onlyAnswers ? {} : JSON.parse(localStorage.getItem(this.#key));
      Object.assign(this, rest ?? {});
    } catch {
      this.refused = true;
    }
  }

  /** Take answers that are newer. */
  #take(answers) {
    for (const [id, answer] of answers) {
      if (answer.at >= this.of(id).at) {
        this.answers.set(id, answer);
      }
    }
  }
}
