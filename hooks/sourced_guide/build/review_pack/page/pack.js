/* The parts of the pack, and the ways between them. */
const pack = await readPack();
const state = new State(pack);
const claims = new ClaimView(pack, state);
const list = new ListView(pack, state, (index) => openClaim(index));
const count = pack.questions.length;

function say(text) {
  $("said").textContent = text;
}

function isKnown() {
  const { name, role } = state.reviewer;
  return /\p{L}/u.test(name) && Boolean(role);
}

function isOpen({ id }) {
  return !state.of(id).answer;
}

// The address of what is shown.
let routed = "";

/** Show the part that the address names. */
function route() {
  routed = location.hash;
  const named = routed.slice(1);
  const view = isKnown() && ["claims", "list", "end"].includes(named) ? named : "start";
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = section.id !== `view-${view}`;
  }
  for (const link of document.querySelectorAll("nav a")) {
    link.toggleAttribute("aria-current", link.hash === `#${view}`);
  }
  document.title = `Review: ${pack.title}`;
  showKept();
  if (view === "claims") {
    claims.show();
  } else if (view === "list") {
    list.show(claims.index);
  } else {
    (view === "end" ? showEnd : showStart)();
    scrollTo(0, 0);
    // When the file opens, reading starts at its beginning.
    if (named) {
      document.querySelector(`#view-${view} h1`).focus({ preventScroll: true });
    }
  }
}

function goTo(view) {
  location.hash = view;
  route();
}

function openClaim(index) {
  claims.index = index;
  state.last = pack.questions[index].id;
  state.keep();
  goTo("claims");
}

function move(by) {
  const to = claims.index + by;
  if (to >= 0 && to < count) {
    openClaim(to);
  } else {
    goTo(to < 0 ? "start" : "end");
  }
}

function answer(name) {
  const was = isOpen(claims.question);
  state.set(claims.question.id, { answer: name });
  say(ANSWERS[name]);
  showKept();
  if (name === "disagree") {
    claims.showAnswer();
    claims.openComment(true);
    $("comment").focus({ preventScroll: true });
    return;
  }
  const next = pack.questions.findIndex((question, index) => index > claims.index && isOpen(question));
  if (was && next > 0) {
    openClaim(next);
  } else if (was) {
    goTo("end");
  } else {
    move(1);
  }
}

function showKept() {
  const given = state.given.length;
  const { unsaved } = state;
  const place = state.refused ? "This browser keeps nothing: save a file" : "Kept in this browser";
  const rest = unsaved ? `${unsaved.toLocaleString("en")} not in a file yet` : "all in a file";
  $("kept").textContent = given
    ? `${given.toLocaleString("en")} of ${count.toLocaleString("en")} answered. ${place}; ${rest}.`
    : `0 of ${count.toLocaleString("en")} answered.`;
  $("kept").classList.toggle("refused", state.refused && unsaved > 0);
}

function showStart() {
  const left = pack.questions.filter(isOpen);
  $("duration").textContent =
    left.length === count
      ? `${counted(count, "claim")}, about ${duration(secondsFor(left))} (180 words a minute, and 3 seconds a claim).`
      : `${counted(left.length, "claim")} of ${count.toLocaleString("en")} left, about ${duration(secondsFor(left))}.`;
  $("groups").replaceChildren(
    ...Object.entries(GROUPS).flatMap(([group, title]) => {
      const all = pack.questions.filter((question) => question.group === group);
      const open = all.filter(isOpen);
      const cells = [`${all.length - open.length} of ${all.length}`, duration(secondsFor(open))];
      const head = made("th", { scope: "row" }, title);
      return all.length ? [made("tr", {}, head, ...cells.map((cell) => made("td", {}, cell)))] : [];
    }),
  );
  for (const [name, value] of Object.entries(state.reviewer)) {
    $(name).value = value;
  }
  $("begin").textContent = state.answers.size ? `Go on with claim ${claims.index + 1}` : "Start";
  $("storage").textContent = state.refused
    ? "This browser keeps nothing for this file. Save your answers to a file before you close it, and load that file to go on."
    : "Your answers are kept in this browser, for whoever uses it. In a private window they are gone when you close it: save a file before.";
}

function showEnd() {
  const open = pack.questions.filter(isOpen).length;
  const { loose } = state;
  $("end").textContent = open ? `${counted(open, "claim")} open` : "All claims are answered";
  const counts = Object.entries(ANSWERS).map(([name, label]) => {
    const number = state.given.filter(({ id }) => state.of(id).answer === name).length;
    return made("li", {}, `${label}: ${number.toLocaleString("en")}`);
  });
  if (loose.length) {
    const which = loose.map((question) => pack.questions.indexOf(question) + 1).join(", ");
    counts.push(made("li", {}, `Comments without an answer, which are not in the file: claim ${which}`));
  }
  $("counts").replaceChildren(...counts);
  document.querySelector("#view-end [data-do=open]").hidden = !open;
  $("as-text").open = false;
}

function save() {
  if (!isKnown()) {
    goTo("start");
    $("who").requestSubmit();
    return;
  }
  const slug = state.reviewer.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const file = new Blob([state.file()], { type: "application/json" });
  const link = made("a", { href: URL.createObjectURL(file), download: `answers-${slug}-${pack.edition}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  state.filed = new Date().toISOString();
  state.keep();
  showKept();
  say(`${counted(state.given.length, "answer")} saved as ${link.download}.`);
}

const ACTIONS = {
  save,
  previous: () => move(-1),
  next: () => move(1),
  open: () => openClaim(pack.questions.findIndex(isOpen)),
  list: () => goTo(location.hash === "#list" ? "claims" : "list"),
  print: () => print(),
  comment() {
    const open = $("commenting").hidden;
    claims.openComment(open);
    (open ? $("comment") : $("claim")).focus({ preventScroll: true });
  },
  remove() {
    state.set(claims.question.id, { answer: "" });
    claims.showAnswer();
    showKept();
    say("Answer removed.");
    $("claim").focus({ preventScroll: true });
  },
  clear() {
    if (confirm("Remove your answers and your name from this browser? What is not in a file is lost.")) {
      state.clear();
      claims.index = 0;
      route();
    }
  },
};

function onKey(event) {
  const { key, target } = event;
  if (target.id === "comment" && (key === "Escape" || (key === "Enter" && (event.ctrlKey || event.metaKey)))) {
    event.preventDefault();
    (key === "Escape" ? () => $("claim").focus({ preventScroll: true }) : ACTIONS.next)();
    return;
  }
  const isTyping = target.closest("input, textarea, select, summary");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !isKnown()) {
    return;
  }
  const view = document.querySelector("main > section:not([hidden])").id;
  const by = { ArrowDown: 1, ArrowUp: -1, Home: -count, End: count }[key];
  if (view === "view-list" && by && target.closest("#rows")) {
    event.preventDefault();
    list.move(by);
    return;
  }
  if (isTyping || !state.keys) {
    return;
  }
  const name = key.length === 1 ? key.toLowerCase() : key;
  const act = { g: ACTIONS.list, ...KEYS[view] }[name];
  if (act) {
    event.preventDefault();
    act();
  }
}

const KEYS = {
  "view-claims": {
    a: () => answer("agree"),
    d: () => answer("disagree"),
    c: () => answer("cannot-tell"),
    m: ACTIONS.comment,
    j: ACTIONS.next,
    k: ACTIONS.previous,
    ArrowRight: ACTIONS.next,
    ArrowLeft: ACTIONS.previous,
  },
  "view-list": { j: () => list.move(1), k: () => list.move(-1) },
  "view-end": { k: () => openClaim(count - 1), ArrowLeft: () => openClaim(count - 1) },
};

function showKeys() {
  $("keys").checked = state.keys;
  document.documentElement.classList.toggle("no-keys", !state.keys);
}

$("for").textContent = pack.for;
$("edition").textContent = pack.edition;
$("made").textContent = pack.made;
claims.index = Math.max(0, pack.questions.findIndex(({ id }) => id === state.last));
// The answers stand over the end of the page: it is as much longer as they are high.
new ResizeObserver(() =>
  document.documentElement.style.setProperty("--answers", `${document.querySelector(".answers").offsetHeight}px`),
).observe(document.querySelector(".answers"));
addEventListener("hashchange", () => location.hash !== routed && route());
addEventListener("keydown", onKey);
addEventListener("beforeprint", () => $("paper").replaceChildren(...paper(pack, state)));
addEventListener("afterprint", () => $("paper").replaceChildren());
addEventListener("beforeunload", (event) => state.refused && state.unsaved && event.preventDefault());
addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do], [data-answer]");
  if (button?.dataset.answer) {
    answer(button.dataset.answer);
  } else if (button) {
    ACTIONS[button.dataset.do]();
  }
});
$("comment").addEventListener("input", () => {
  state.set(claims.question.id, { comment: $("comment").value });
  showKept();
});
$("who").addEventListener("submit", (event) => {
  event.preventDefault();
  state.reviewer = Object.fromEntries(
    ["name", "role", "interests"].map((name) => [name, $(name).value.trim()]),
  );
  openClaim(claims.index);
});
$("load").addEventListener("change", async ({ target }) => {
  const said = state.load(await target.files[0].text());
  target.value = "";
  const next = pack.questions.findIndex(isOpen);
  claims.index = Math.max(0, next);
  route();
  $("fault").textContent = said;
  $("fault").hidden = false;
});
$("keys").addEventListener("change", () => {
  state.keys = $("keys").checked;
  state.keep();
  showKeys();
});
$("as-text").addEventListener("toggle", () => {
  $("text").value = $("as-text").open ? state.file() : "";
});
showKeys();
state.keep();
route();
