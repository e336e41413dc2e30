/* Reading: what a query asks for, in words that the guide knows. */

const RELATIVE_WEIGHT = 0.6;
/* Longer queries are pasted in by mistake. */
const MOST_WORDS = 12;
/* A guess that costs less than this is better than to split a word. */
const SURE = 0.5;

/* What a query asks for. `words` are those that tell, each with the known terms that it may stand for;
   `heard` is the whole query as the guide spells it; `loose` are the known words that others were
   taken for, and `missing` those that nothing in the guide is like. */
function readQuery(query, vocabulary) {
  const all = wordsOf(query).slice(0, MOST_WORDS);
  const isTelling = (word) => !STOP_WORDS.has(word);
  const hasTelling = all.some(isTelling);
  const reading = { words: [], heard: [], loose: [], missing: [], isEmpty: !all.length };
  const take = (word, terms) => {
    reading.heard.push(terms[0]?.term ?? stem(word));
    if (terms.length && (!hasTelling || isTelling(word))) reading.words.push(terms);
  };
  all.forEach((word, at) => {
    if (hasTelling && !isTelling(word)) {
      take(word, []);
      return;
    }
    const terms = [
      ...termsOf(word, at === all.length - 1, vocabulary),
      ...joined(all[at - 1], word, vocabulary),
      ...joined(word, all[at + 1], vocabulary),
    ];
    if (terms.length) take(word, [...terms, ...relatives(word, vocabulary)]);
    else guess(word, reading, take, vocabulary);
  });
  return reading;
}

/* The known terms that a word is or begins. */
function termsOf(word, isLast, vocabulary) {
  const term = stem(word);
  const terms = [];
  // The last word may not be finished yet.
  const isStart = vocabulary.has(term) ? term.length > 3 : term.length > (isLast ? 1 : 3);
  if (vocabulary.has(term) || (isStart && vocabulary.begins(term)))
    terms.push({ term, weight: 1, isStart });
  return terms;
}

function relatives(word, vocabulary) {
  return vocabulary.relatives(stem(word)).map((term) => ({ term, weight: RELATIVE_WEIGHT }));
}

/* Two words that the guide writes as one: "pain killer". */
function joined(first, second, vocabulary) {
  const term = first && second && stem(first + second);
  return term && vocabulary.has(term) ? [{ term, weight: 1 }] : [];
}

/* A word that is not known: two words without their space, one with a slip in it, or another form of
   a word that is known. */
function guess(word, reading, take, vocabulary) {
  const guesses = vocabulary.corrections(stem(word));
  const parts = vocabulary.split(word);
  if (parts && !(guesses[0]?.cost < SURE)) {
    reading.loose.push(parts.join(" "));
    for (const part of parts) take(part, [{ term: stem(part), weight: 1 }]);
    return;
  }
  const forms = relatives(word, vocabulary);
  const terms = [...guesses.map((each) => ({ term: each.word, weight: 1 })), ...forms];
  if (guesses.length)
    reading.loose.push(guesses.map((each) => vocabulary.shown(each.word)).join(" or "));
  else if (!forms.length) reading.missing.push(word);
  take(word, terms);
}

