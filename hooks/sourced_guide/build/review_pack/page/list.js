/* All claims, by group and answer. */
const FILTERS = {
  all: ["All", () => true],
  open: ["Open", ({ answer }) => !answer],
  agree: ["Agree", ({ answer }) => answer === "agree"],
  disagree: ["Disagree", ({ answer }) => answer === "disagree"],
  "cannot-tell": ["Cannot tell", ({ answer }) => answer === "cannot-tell"],
  comment: ["With a comment", ({ comment }) => Boolean(comment)],
};

class ListView {
  #pack;
  #state;
  #filter = "all";

  constructor(pack, state, open) {
    this.#pack = pack;
    this.#state = state;
    for (const [name, [label]] of Object.entries(FILTERS)) {
      const input = made("input", { type: "radio", name: "filter", value: name, checked: name === "all" });
      $("filters").append(made("label", {}, input, ` ${label} `, made("span", { id: `count-${name}` })));
    }
    $("filters").addEventListener("change", ({ target }) => {
      this.#filter = target.value;
      this.#showRows();
    });
    $("rows").addEventListener("click", ({ target }) => {
      const row = target.closest("button");
      if (row) {
        open(Number(row.value));
      }
    });
  }

  /** Show the list, with the focus on a claim. */
  show(index) {
    const answers = this.#pack.questions.map(({ id }) => this.#state.of(id));
    for (const [name, [, fits]] of Object.entries(FILTERS)) {
      $(`count-${name}`).textContent = answers.filter(fits).length.toLocaleString("en");
    }
    this.#showRows();
    const row = $("rows").querySelector(`button[value="${index}"]`);
    if (row) {
      this.#focus(row);
      row.scrollIntoView({ block: "center" });
    } else {
      document.querySelector("#view-list h1").focus();
    }
  }

  /** Move the focus by rows. */
  move(by) {
    const rows = [...$("rows").querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement);
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    if (rows[to]) {
      this.#focus(rows[to]);
    }
  }

  /** All rows are one stop of the Tab key: the one that had the focus last. */
  #focus(row) {
    for (const before of $("rows").querySelectorAll('button[tabindex="0"]')) {
      before.tabIndex = -1;
    }
    row.tabIndex = 0;
    row.focus();
  }

  #showRows() {
    const shown = [];
    for (const [group, title] of Object.entries(GROUPS)) {
      const all = [...this.#pack.questions.entries()].filter(([, question]) => question.group === group);
      const rows = all.filter(([, { id }]) => FILTERS[this.#filter][1](this.#state.of(id)));
      if (rows.length) {
        const answered = all.filter(([, { id }]) => this.#state.of(id).answer).length;
        const items = rows.map(([index, question]) => made("li", {}, this.#row(index, question)));
        shown.push(made("h2", {}, `${title} `, made("small", {}, `${answered} of ${all.length} answered`)));
        shown.push(made("ol", {}, ...items));
      }
    }
    $("rows").replaceChildren(...(shown.length ? shown : [made("p", {}, "There are none.")]));
    $("rows").querySelector("button")?.setAttribute("tabindex", 0);
  }

  #row(index, { id, claim }) {
    const { answer, comment } = this.#state.of(id);
    const row = made("button", { type: "button", value: index, tabIndex: -1 });
    row.append(made("span", { className: "text" }, `${index + 1}. ${claim}`));
    row.append(made("span", { className: `state ${answer || "open"}` }, ANSWERS[answer] ?? "Open"));
    if (comment) {
      row.append(made("span", { className: "said" }, comment));
    }
    return row;
  }
}
