/* Results: what the theme shows of a page that was found. */

/* Letters of a teaser. */
const TEASER = 180;
/* Parts of a page at most, where it is among the first and where it comes later. */
const [MOST_PARTS, FIRST_PAGES, FEW_PARTS] = [5, 3, 1];
/* Pages that match this much less than the second best are none that somebody looks for. */
const TOO_WEAK = 0.08;

/* What was found as the theme's script wants it: for each page the entries to show, the page itself
   among them. All that have the score of the first are shown, the others once they are opened. */
function itemsOf({ found, reading }) {
  const marked = markerOf(reading);
  const least = (found[1]?.score ?? 0) * TOO_WEAK;
  return found
    .filter(({ score }) => score > least)
    .map(({ page, parts, score }, at) => {
      const shown = (entry, weight, text) => ({
        location: entry.location,
        title: marked(entry.title),
        text: text && `<p>${teaser(text, marked)}</p>`,
        score: score * weight,
        terms: {},
      });
      const [best] = parts;
      const others = parts
        .filter(({ isPage }) => !isPage)
        .slice(0, at < FIRST_PAGES ? MOST_PARTS : FEW_PARTS)
        .map(({ entry }, place) => shown(entry, place || best.isPage ? 0.5 : 1, entry.text));
      // Where the page stands first, the theme shows what it begins with; elsewhere only its title.
      return !best || best.isPage
        ? [shown(page.entry, 1, page.entry.text), ...others]
        : [...others, shown(page.entry, 1, "")];
    });
}

/* A function that marks the words that were looked for. */
function markerOf({ words }) {
  const terms = words.flat();
  const isMeant = remembered((written) =>
    wordsOf(written).some((word) => {
      const key = stem(word);
      return terms.some(({ term, isStart }) => key === term || (isStart && key.startsWith(term)));
    }),
  );
  return (text) =>
    text.replace(/&#?\w+;|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu, (word) =>
      word[0] !== "&" && isMeant(word) ? `<mark>${word}</mark>` : word,
    );
}

const sentencesOf = remembered((text) => text.split(/(?<=[.?!:]) |(?=• )/));

/* The sentences of a text around those that hold most of the words that were looked for. */
function teaser(text, marked) {
  const sentences = sentencesOf(text);
  const shown = sentences.map(marked);
  const hits = shown.map((sentence) => new Set(sentence.match(/<mark>[^<]*/g)).size);
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
