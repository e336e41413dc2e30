/* Ranking: which pages answer a query, and which of their parts. */

const { MiniSearch } = library;

const PAGE_BOOST = { title: 6, aliases: 8, headings: 2 };
const PART_BOOST = { title: 4, aliases: 5 };
/* The glossary and the start page name everything, so that they match everything. */
const LISTS_EVERYTHING = 0.35;
const PREFIX_WEIGHT = 0.3;
const RELATIVE_WEIGHT = 0.6;
const HALF_WORD_WEIGHT = 0.8;

class Guide {
  #pages = new Map();
  #vocabulary = new Vocabulary();
  #signs;
  #glossary;
  #inPages = indexOf(["title", "aliases", "headings", "text"], PAGE_BOOST);
  #inParts = indexOf(["title", "aliases", "text"], PART_BOOST);

  constructor(docs, { signs = [], glossary = "" } = {}) {
    this.#glossary = glossary;
    this.#signs = signs.map((sign) =>
      sign.split(" ").map((choice) => new Set(choice.split("/").map(stem))),
    );
    for (const entry of docs) this.#take(entry);
    for (const page of this.#pages.values()) this.#index(page);
    this.#vocabulary.add(signs.join(" "), true);
    this.#vocabulary.finish();
  }

  #take(entry) {
    const [address] = entry.location.split("#");
    // The page comes before its parts.
    if (entry.location === address) this.#pages.set(address, { address, entry, parts: [] });
    else this.#pages.get(address)?.parts.push({ entry });
    this.#vocabulary.add(`${entry.title} ${entry.aliases ?? ""}`, true);
    this.#vocabulary.add(entry.text, false);
  }

  #index(page) {
    const entries = [page.entry, ...page.parts.map(({ entry }) => entry)];
    page.weight = ["", this.#glossary].includes(page.address) ? LISTS_EVERYTHING : 1;
    page.phrases = phrasesOf(page.entry);
    page.key = keyOf(page.entry.title);
    this.#inPages.add({
      id: page.address,
      title: page.entry.title,
      aliases: page.entry.aliases ?? "",
      headings: page.parts.map(({ entry }) => `${entry.title} ${entry.aliases ?? ""}`).join(" "),
      text: entries.map(({ text }) => text).join(" "),
    });
    // What stands before the first heading of a page is a part, too.
    for (const part of [{ entry: page.entry }, ...page.parts]) {
      part.key = keyOf(part.entry.title);
      this.#inParts.add({
        id: part.entry.location,
        title: part.entry.title,
        aliases: part.entry === page.entry ? "" : (part.entry.aliases ?? ""),
        text: part.entry.text,
      });
    }
  }

  /* What a query asks for: its words, each with the known words that it stands for; those that were
     taken for others; and those that the guide does not know. */
  read(query) {
    const all = wordsOf(query);
    const telling = all.filter((word) => !STOP_WORDS.has(word));
    const words = telling.length ? telling : all;
    const reading = { all, words: [], loose: [], missing: [] };
    words.forEach((word, at) => {
      const last = word === all.at(-1) && at === words.length - 1;
      const found = this.#readWord(word, last);
      const joined = at + 1 < words.length && stem(word + words[at + 1]);
      if (joined && this.#vocabulary.has(joined)) found.terms.push({ term: joined, weight: 1 });
      const before = at > 0 && stem(words[at - 1] + word);
      if (before && this.#vocabulary.has(before)) found.terms.push({ term: before, weight: 1 });
      if (found.terms.length) reading.words.push(found);
      else reading.missing.push(word);
      if (found.terms.length && found.loose) reading.loose.push(...found.loose);
    });
    return reading;
  }

  #readWord(word, isLast) {
    const known = this.#vocabulary;
    const term = stem(word);
    const terms = [];
    if (known.has(term)) {
      terms.push({ term, weight: 1, isStart: term.length > 3 });
    } else if (term.length > (isLast ? 1 : 2) && known.begins(term)) {
      terms.push({ term, weight: 1, isStart: true });
    }
    for (const other of known.relatives(term)) terms.push({ term: other, weight: RELATIVE_WEIGHT });
    if (terms.length) return { terms };
    const parts = known.split(word);
    const guesses = known.corrections(term);
    if (parts && !(guesses[0]?.cost < 0.5)) {
      const telling = parts.filter((part) => !STOP_WORDS.has(part));
      return {
        terms: telling.map((part) => ({ term: stem(part), weight: HALF_WORD_WEIGHT })),
        parts,
        loose: [parts.join(" ")],
      };
    }
    const loose = guesses.map((guess) => known.shown(guess.word));
    return { terms: guesses.map((guess) => ({ term: guess.word, weight: 1 })), loose };
  }

  /* The pages that answer a query, the best first: each with its score and its best parts. */
  search(query) {
    const reading = this.read(query);
    const asked = new Set(reading.all.map(stem));
    for (const { terms, loose } of reading.words)
      if (loose) for (const { term } of terms) asked.add(term);
    const inPages = this.#scores(this.#inPages, reading);
    const inParts = this.#scores(this.#inParts, reading);
    const key = keyOf(query);
    const found = [];
    for (const page of this.#pages.values()) {
      const parts = [{ entry: page.entry, isPage: true }, ...page.parts]
        .map((part) => ({ ...part, score: partScore(part, inParts, key) }))
        .filter(({ score }) => score > 0)
        .sort((one, other) => other.score - one.score);
      const score = pageScore(page, inPages, parts, asked, key);
      if (score > 0) found.push({ page, parts, score });
    }
    found.sort((one, other) => other.score - one.score);
    this.#raiseTerm(found, key);
    if (this.#isSign(asked)) this.#raiseSigns(found);
    return { reading, found };
  }

  #scores(index, { words }) {
    const scores = new Map();
    for (const { terms } of words) {
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
    const address = SIGNS_PAGE;
    const page = this.#pages.get(address);
    if (!page) return;
    const at = found.findIndex((each) => each.page === page);
    const [signs] = at < 0 ? [{ page, parts: [] }] : found.splice(at, 1);
    found.unshift({ ...signs, score: (found[0]?.score ?? 0) + 1 });
  }

  /* Whoever asks for a word that the glossary explains finds it among the first three. */
  #raiseTerm(found, key) {
    const at = found.findIndex(({ page }) => page.address === this.#glossary);
    if (at < 3 || found[at].parts[0]?.key !== key) return;
    const [words] = found.splice(at, 1);
    found.splice(2, 0, { ...words, score: found[1].score * 0.99 });
  }
}

const SIGNS_PAGE = "warning-signs/";

function indexOf(fields, boost) {
  return new MiniSearch({
    fields,
    tokenize: indexedWords,
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

/* The aliases of an entry that are more than one word, as the words that tell. */
function phrasesOf({ aliases = "" }) {
  return aliases
    .split(", ")
    .map((alias) => wordsOf(alias).filter((word) => !STOP_WORDS.has(word)).map(stem))
    .filter((words) => words.length > 1);
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
