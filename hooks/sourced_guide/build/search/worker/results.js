/* Results: what the theme shows of a page that was found. */

/* Letters of a teaser. */
const TEASER = 180;
/* Parts of a page at most, where it is among the first and where it comes later. */
const [MOST_PARTS, FIRST_PAGES, FEW_PARTS] = [5, 3, 1];
/* Pages that match this much less than the second best are none that somebody looks for. */
const TOO_WEAK = 0.08;

/* Before these words a page says what it is about, after them what it says. */
const SUMMARY = /.*?\bKey points /s;

/* What was found as the theme's script wants it: for each page the entries to show, the page itself
   among them. All that have the score of the first are shown, the others once they are opened. */
function itemsOf({ found, reading }) {
  const isMeant = meaningOf(reading.words.flat());
  const marked = markerOf(isMeant);
  const least = (found[1]?.score ?? 0) * TOO_WEAK;
  return found
    .filter(({ score }) => score > least)
    .map(({ page, parts, score }, at) => {
      const open = reading.words.filter((terms) => !hasAny(page.entry.title, terms));
      const isOpen = meaningOf(open.flat());
      const shown = (entry, weight, text) => ({
        location: entry.location,
        title: marked(entry.title),
        text: text && `<p>${teaser(text, marked, isOpen)}</p>`,
        score: score * weight,
        terms: {},
      });
      const answer = answering(page, parts, open, reading.words);
      const others = parts
        .filter(({ isPage }) => !isPage)
        .sort((one, other) => (other === answer) - (one === answer))
        .slice(0, at < FIRST_PAGES ? MOST_PARTS : FEW_PARTS)
        .map((part, place) => shown(part.entry, place || !answer ? 0.5 : 1, part.entry.text));
      // Where the page itself answers, the theme shows its summary; elsewhere only its title.
      return answer
        ? [...others, shown(page.entry, 1, "")]
        : [shown(page.entry, 1, page.entry.text.replace(SUMMARY, "")), ...others];
    });
}

/* The part of a page that answers: the best one, or, where that is the page itself, the one that has most
   of the words that its title lacks, closest to the others. None where the page's own text has as many. */
function answering(page, parts, open, words) {
  const [best] = parts;
  if (best && !best.isPage) return best;
  const count = ({ title, text }) =>
    open.filter((terms) => hasAny(`${title} ${text}`, terms)).length;
  const counts = parts.map(({ entry }) => count(entry));
  const most = Math.max(0, ...counts);
  if (most <= count(page.entry)) return undefined;
  const candidates = parts.filter((_, at) => counts[at] === most);
  const together = candidates.map(({ entry }) => mostTogether(entry.text, words));
  return candidates[together.indexOf(Math.max(...together))];
}

/* How many of the words stand together in two sentences at most. */
function mostTogether(text, words) {
  const sentences = sentencesOf(text);
  const counts = sentences.map((sentence, at) => {
    const said = `${sentence} ${sentences[at + 1] ?? ""}`;
    return words.filter((terms) => hasAny(said, terms)).length;
  });
  return Math.max(0, ...counts);
}

function hasAny(text, terms) {
  return wordsOf(text).some(meaningOf(terms));
}

/* A function that says whether a written word is one of some terms. */
function meaningOf(terms) {
  return remembered((written) =>
    wordsOf(written).some((word) => {
      const key = stem(word);
      return terms.some(({ term, isStart }) => key === term || (isStart && key.startsWith(term)));
    }),
  );
}

/* A function that marks the words that were looked for. */
function markerOf(isMeant) {
  return (text) =>
    text.replace(/&#?\w+;|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu, (word) =>
      word[0] !== "&" && isMeant(word) ? `<mark>${word}</mark>` : word,
    );
}

const sentencesOf = remembered((text) => text.split(/(?<=[.?!:]) |(?=• )/));

/* The sentences of a text around those that hold most of the words that were looked for, above all of
   those that the page's title lacks. */
function teaser(text, marked, isOpen) {
  const sentences = sentencesOf(text);
  const shown = sentences.map(marked);
  const said = shown.map((sentence) => new Set(sentence.match(/(?<=<mark>)[^<]*/g)));
  const weigh = (words) => [...words].reduce((sum, word) => sum + (isOpen(word) ? 3 : 1), 0);
  const hits = said.map((words, place) => {
    const more = [...(said[place + 1] ?? [])].filter((word) => !words.has(word));
    return words.size && weigh(words) + weigh(more) / 2;
  });
  let at = hits.indexOf(Math.max(...hits));
  // A lead-in belongs to its list.
  if (at > 0 && !hits[at]) at = 0;
  let length = 0;
  const taken = [];
  for (let next = at; next < sentences.length && length < TEASER; next += 1) {
    taken.push(shown[next]);
    length += sentences[next].length;
  }
  const before = at > 0 ? "… " : "";
  const after = at + taken.length < sentences.length ? " …" : "";
  return before + taken.join(" ").replace(/^• /, "") + after;
}
