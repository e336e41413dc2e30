/* Ranking: which pages answer a query, and which of their parts. */

const { MiniSearch } = library;

const PAGE_BOOST = { title: 6, aliases: 8, headings: 2 };
const PART_BOOST = { title: 4, aliases: 5 };
/* The glossary and the start page name everything, so that they match everything. */
const LISTS_EVERYTHING = 0.35;
const PREFIX_WEIGHT = 0.3;

class Guide {
  #pages = new Map();
  #vocabulary = new Vocabulary();
  #signs;
  #places;
  #inPages = indexOf(["title", "aliases", "headings", "text"], PAGE_BOOST);
  #inParts = indexOf(["title", "aliases", "text"], PART_BOOST);

  constructor(docs, { signs, places }) {
    this.#places = places;
    this.#signs = signs.map((sign) =>
      sign.split(" ").map((choice) => new Set(choice.split("/").map(stem))),
    );
    for (const entry of docs) this.#take(entry);
    for (const page of this.#pages.values()) this.#index(page);
    this.#vocabulary.add(wordsOf(signs.join(" ")), true);
    this.#vocabulary.finish();
  }

  #take(entry) {
    const [address] = entry.location.split("#");
    const words = {
      title: indexedWords(entry.title),
      aliases: indexedWords(entry.aliases ?? ""),
      text: indexedWords(entry.text),
    };
    this.#vocabulary.add(words.title, true);
    this.#vocabulary.add(words.aliases, true);
    this.#vocabulary.add(words.text, false);
    const part = { entry, words, key: keyOf(entry.title) };
    // The page comes before its parts.
    if (entry.location === address) this.#pages.set(address, { ...part, address, parts: [] });
    else this.#pages.get(address)?.parts.push(part);
  }

  #index(page) {
    const { words, parts } = page;
    const { start, glossary } = this.#places;
    page.weight = [start, glossary].includes(page.address) ? LISTS_EVERYTHING : 1;
    page.phrases = phrasesOf(page.entry);
    this.#inPages.add({
      ...words,
      id: page.address,
      headings: parts.flatMap((part) => [...part.words.title, ...part.words.aliases]),
      text: [words.text, ...parts.map((part) => part.words.text)].flat(),
    });
    // What stands before the first heading of a page is a part, too.
    this.#inParts.add({ ...words, id: page.address, aliases: [] });
    for (const part of parts) this.#inParts.add({ ...part.words, id: part.entry.location });
  }

  /* The pages that answer a query, the best first: each with its score and its best parts. */
  search(query) {
    const reading = readQuery(query, this.#vocabulary);
    const asked = new Set([...wordsOf(query).map(stem), ...reading.heard]);
    const inPages = this.#scores(this.#inPages, reading);
    const inParts = this.#scores(this.#inParts, reading);
    const key = reading.heard.join(" ");
    const found = [];
    for (const page of this.#pages.values()) {
      const parts = [{ entry: page.entry, key: page.key, isPage: true }, ...page.parts]
        .map((part) => ({ ...part, score: partScore(part, inParts, key) }))
        .filter(({ score }) => score > 0)
        .sort((one, other) => other.score - one.score);
      const score = pageScore(page, inPages, parts, asked, key);
      if (score > 0) found.push({ page, parts, score });
    }
    found.sort((one, other) => other.score - one.score);
    if (this.#isSign(asked)) this.#raiseSigns(found);
    this.#raiseTerm(found, key);
    return { reading, found };
  }

  #scores(index, { words }) {
    const scores = new Map();
    for (const terms of words) {
      const best = new Map();
      for (const { term, weight, isStart } of terms) {
        for (const { id, score } of index.search(term, { prefix: Boolean(isStart) }))
          best.set(id, Math.max(best.get(id) ?? 0, score * weight));
      }
      for (const [id, score] of best) {
        const before = scores.get(id) ?? { sum: 0, share: 0 };
        scores.set(id, { sum: before.sum + score, share: before.share + 1 / words.length });
      }
    }
    return scores;
  }

  #isSign(asked) {
    return this.#signs.some((sign) => sign.every((choice) => [...choice].some((x) => asked.has(x))));
  }

  /* The page with the signs stands first. */
  #raiseSigns(found) {
    const page = this.#pages.get(this.#places.signs);
    if (!page) return;
    const at = found.findIndex((each) => each.page === page);
    const [signs] = at < 0 ? [{ page, parts: [] }] : found.splice(at, 1);
    found.unshift({ ...signs, score: (found[0]?.score ?? 0) + 1 });
  }

  /* Whoever asks for a word that the glossary explains finds it among the first three. */
  #raiseTerm(found, key) {
    const at = found.findIndex(({ page }) => page.address === this.#places.glossary);
    if (at < 3 || found[at].parts[0]?.key !== key) return;
    const [words] = found.splice(at, 1);
    found.splice(2, 0, { ...words, score: found[1].score * 0.99 });
  }
}

/* An index of fields that are lists of words. What it is asked for is one term at a time. */
function indexOf(fields, boost) {
  return new MiniSearch({
    fields,
    stringifyField: (words) => words,
    tokenize: (words) => words,
    processTerm: stem,
    searchOptions: {
      boost,
      tokenize: (term) => [term],
      processTerm: (term) => term,
      weights: { prefix: PREFIX_WEIGHT, fuzzy: 0 },
    },
  });
}

/* The words of a title or a query, by which it is the same as another one. */
function keyOf(text) {
  return wordsOf(text).map(stem).join(" ");
}

/* The aliases of an entry that are more than one word. */
function phrasesOf({ aliases = "" }) {
  const phrases = aliases.split(", ").map((alias) => wordsOf(alias).map(stem));
  return phrases.filter((words) => words.length > 1);
}

function partScore(part, scores, key) {
  const { sum = 0, share = 0 } = scores.get(part.entry.location) ?? {};
  return sum * share ** 2 * (part.key === key ? 2 : 1);
}

function pageScore(page, scores, parts, asked, key) {
  const { sum = 0, share = 0 } = scores.get(page.address) ?? {};
  const hasPhrase = page.phrases.some((words) => words.every((word) => asked.has(word)));
  const whole = sum * share ** 2 * (hasPhrase ? 1.6 : 1);
  return (whole + 0.5 * (parts[0]?.score ?? 0)) * page.weight * (page.key === key ? 4 : 1);
}
