/* One claim beside its passages, and the page as its readers see it. */
class ClaimView {
  #pack;
  #state;
  #pages;
  #shown = "";
  index = 0;

  constructor(pack, state) {
    this.#pack = pack;
    this.#state = state;
    this.#pages = new Map(pack.pages.map((page) => [page.path, page]));
    $("page").addEventListener("change", () => this.#showPage($("page").value));
  }

  get question() {
    return this.#pack.questions[this.index];
  }

  show() {
    const { id, claim, context, group, pages, passages } = this.question;
    const before = made("span", { className: "hidden" }, `Claim ${this.index + 1} of ${this.#pack.questions.length}: `);
    $("claim").replaceChildren(before, claim);
    $("context").textContent = context;
    $("passages").replaceChildren(...passages.map((passage, at) => passageElement(passage, passages[1] ? `${at + 1}. ` : "")));
    $("page").replaceChildren(
      ...pages.map((path) => made("option", { value: path }, this.#pages.get(path).title)),
    );
    $("comment").value = this.#state.of(id).comment;
    this.showAnswer();
    this.openComment(Boolean($("comment").value));
    const all = this.#pack.questions.filter((question) => question.group === group);
    const answered = all.filter((question) => this.#state.of(question.id).answer).length;
    $("where").replaceChildren(
      made("strong", {}, GROUPS[group]),
      ` ${all.indexOf(this.question) + 1} of ${all.length} · claim ${this.index + 1} of ${this.#pack.questions.length}`,
    );
    Object.assign($("progress"), { max: all.length, value: answered });
    document.title = `${this.index + 1} of ${this.#pack.questions.length} · Review: ${this.#pack.title}`;
    // A small screen has no room for what stands above.
    scrollTo(0, matchMedia("(max-width: 30em)").matches ? $("view-claims").offsetTop : 0);
    $("claim").focus({ preventScroll: true });
    this.#showPage(pages.includes(this.#shown) ? this.#shown : pages[0]);
  }

  showAnswer() {
    const { answer } = this.#state.of(this.question.id);
    for (const button of document.querySelectorAll("[data-answer]")) {
      button.setAttribute("aria-pressed", button.dataset.answer === answer);
    }
    $("next").textContent = answer ? "Next" : "Skip";
    document.querySelector("[data-do=remove]").hidden = !answer;
    $("comment-hint").textContent = answer
      ? "Ctrl + Enter: next claim. Escape: back to the keys."
      : "A comment is saved with an answer: choose one, too.";
  }

  openComment(open) {
    $("commenting").hidden = !open;
    document.querySelector("[data-do=comment]").setAttribute("aria-expanded", open);
  }

  #showPage(path) {
    const { title, level, blocks } = this.#pages.get(path);
    $("page").value = path;
    $("level").textContent = level;
    if (this.#shown !== path) {
      // The policy of this file lets nothing in it run or load.
      $("article").innerHTML = blocks.map((block) => block.html).join("\n");
      for (const heading of $("article").querySelectorAll("h1, h2, h3, h4, h5")) {
        heading.setAttribute("aria-level", Math.min(6, Number(heading.tagName[1]) + 2));
      }
      $("article").setAttribute("aria-label", title);
      this.#shown = path;
    }
    for (const mark of $("article").querySelectorAll(".marked")) {
      mark.classList.remove("marked");
    }
    const marks = [...$("article").querySelectorAll(`[data-claim="${this.question.id}"]`)].map(
      (mark) => mark.closest("svg")?.closest("figure") ?? mark.closest("svg") ?? mark,
    );
    for (const mark of marks) {
      mark.classList.add("marked");
    }
    $("unmarked").hidden = marks.length > 0;
    const article = $("article");
    const top = marks[0] ? marks[0].getBoundingClientRect().top - article.getBoundingClientRect().top : 0;
    article.scrollTop = marks[0] ? article.scrollTop + top - article.clientHeight / 4 : 0;
  }
}

function passageElement(passage, number) {
  const { says, source, kind, year, read, section, start, end, figures, url } = passage;
  const facts = [
    ["Who was counted", passage.population],
    ["Over what time", passage.period],
    ["Figures", figures.join("; ")],
    ["Only reports", passage.reports],
    ["Source", source],
    ["Where it stands", section],
    ["From … to", start && `“${start} … ${end}”`],
  ];
  const list = made("dl", {});
  for (const [name, value] of facts.filter(([, value]) => value)) {
    list.append(made("div", {}, made("dt", {}, name), made("dd", {}, value)));
  }
  const item = made(
    "li",
    {},
    made("p", { className: "kind" }, number + [kind[0].toUpperCase() + kind.slice(1), year || "no date", READ[read] ?? read].join(" · ")),
    made("p", { className: "says" }, says),
    list,
  );
  if (/^https?:/.test(url)) {
    const where = made("span", { className: "hidden" }, ` (${source}; opens in a new tab)`);
    const link = made("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, "Read it there", where);
    item.append(made("p", {}, link));
  }
  return item;
}
