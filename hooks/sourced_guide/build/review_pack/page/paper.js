/* The claims for pen and paper. */
function paper(pack, state) {
  const { name, role, interests } = state.reviewer;
  const head = [
    made("h1", {}, `Review: ${pack.title}`),
    made("p", {}, `For ${pack.for}. Edition ${pack.edition}, made on ${pack.made}. ${counted(pack.questions.length, "claim")}, about ${duration(secondsFor(pack.questions))}.`),
    made("p", {}, "Is each claim true, and do its passages say so? Tick one box, and write what is wrong where you disagree. The passages are in our own words."),
    ...[["Name", name], ["Role", role], ["Interests", interests], ["Date, signature", ""]].map(([label, value]) =>
      made("p", { className: "line" }, `${label}: ${value}`)),
  ];
  const claims = [];
  let group = "";
  for (const [index, question] of pack.questions.entries()) {
    if (question.group !== group) {
      group = question.group;
      claims.push(made("h2", {}, GROUPS[group]));
    }
    claims.push(paperClaim(index, question, state.of(question.id)));
  }
  return [...head, ...claims, made("p", {}, `Pack ${pack.id}`)];
}

function paperClaim(index, { id, claim, context, passages }, { answer, comment }) {
  const boxes = Object.entries(ANSWERS).map(([name, label]) =>
    made("span", {}, made("i", { className: "box" }, name === answer ? "✕" : ""), ` ${label}`));
  return made(
    "section",
    {},
    made("p", { className: "context" }, context.split("\n")[0], made("span", { className: "id" }, id)),
    made("h3", {}, `${index + 1}. ${claim}`),
    made("ul", {}, ...passages.map((passage) => {
      const counts = [passage.population, passage.period].filter(Boolean).join(", ");
      const where = [passage.source, passage.section].filter(Boolean).join(". ");
      return made("li", {}, passage.says, counts && ` (${counts})`, " ", made("small", {}, `${where} (${READ[passage.read] ?? passage.read})`));
    })),
    made("p", { className: "boxes" }, ...boxes),
    made("p", { className: "line" }, `Comment: ${comment}`),
    ...(comment ? [] : [made("p", { className: "line" })]),
  );
}
