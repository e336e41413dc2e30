/* Spelling: the words that the guide knows, and which of them somebody meant. */

/* Words of headings and aliases are what people look for; one more slip is forgiven towards them. */
class Vocabulary {
  #words = new Map();
  #roots = new Map();

  /* Take in the words of a text, which is one that people look for or running text. */
  add(text, isSought) {
    for (const word of indexedWords(text)) {
      const key = stem(word);
      const known = this.#words.get(key);
      if (known) {
        known.count += 1;
        if (isSought && !known.isSought) Object.assign(known, { isSought, shown: word });
      } else this.#words.set(key, { isSought, shown: word, count: 1 });
    }
  }

  /* Once all words are in. */
  finish() {
    for (const word of this.#words.keys()) {
      if (STOP_WORDS.has(word)) continue;
      if (word.length > 4) append(this.#roots, rootOf(word), word);
    }
    return this;
  }

  has(word) {
    return this.#words.has(word);
  }

  shown(word) {
    return this.#words.get(word)?.shown ?? word;
  }

  begins(start) {
    for (const word of this.#words.keys()) if (word.startsWith(start)) return true;
    return false;
  }

  /* Other words of the same family. */
  relatives(word) {
    if (word.length < 5) return [];
    return (this.#roots.get(rootOf(word)) ?? []).filter((other) => other !== word);
  }

  /* The known words that somebody may have meant with a word that is not known, the best first. */
  corrections(word) {
    const found = [];
    const sound = soundOf(word);
    for (const [other, { isSought, count }] of this.#words) {
      if (STOP_WORDS.has(other) || /\d/.test(other)) continue;
      const limit = allowedSlips(Math.min(word.length, other.length), isSought);
      if (Math.abs(word.length - other.length) > limit + 1) continue;
      const slips = Math.min(
        distance(word, other, limit),
        distance(sound, soundOfKnown(other), limit) + 0.2,
      );
      if (slips > limit) continue;
      const start = word[0] === other[0] || sound[0] === soundOfKnown(other)[0] ? 0 : 0.6;
      const cost = slips + start - (isSought ? 0.4 : 0) - Math.min(Math.log10(count), 2) / 5;
      found.push({ word: other, cost });
    }
    found.sort((one, other) => one.cost - other.cost);
    return found.filter(({ cost }) => cost < found[0].cost + 0.25).slice(0, 2);
  }

  /* Two known words that somebody wrote as one, or nothing. */
  split(word) {
    let best;
    for (let at = 2; at <= word.length - 2; at += 1) {
      const parts = [word.slice(0, at), word.slice(at)];
      const known = parts.map((part) => this.#words.get(stem(part)));
      if (!known.every(Boolean) || parts.some((part) => part.length < 3 && !STOP_WORDS.has(part)))
        continue;
      const weight = Math.min(...parts.map((part) => part.length));
      if (!best || weight > best.weight) best = { parts, weight };
    }
    return best?.parts;
  }
}

const knownSounds = new Map();

function soundOfKnown(word) {
  if (!knownSounds.has(word)) knownSounds.set(word, soundOf(word));
  return knownSounds.get(word);
}

function append(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

function allowedSlips(length, isSought) {
  if (length < 4) return 0.2;
  if (length < 6) return 1;
  if (length < 8) return isSought ? 2 : 1;
  return 2;
}

/* How many slips of the finger lead from one word to another, as far as `limit`: a letter too many,
   one too few, another one, or two in the wrong order (Damerau and Levenshtein). A vowel for another
   is the lesser slip. */
function distance(from, to, limit) {
  if (from === to) return 0;
  if (Math.abs(from.length - to.length) > limit) return Infinity;
  let [before, last] = [[], Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= to.length; j += 1) {
      let cost = from[i - 1] === to[j - 1] ? 0 : 1;
      if (cost && isVowel(from[i - 1]) && isVowel(to[j - 1])) cost = 0.7;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > limit) return Infinity;
    [before, last] = [last, row];
  }
  return last[to.length];
}

function isVowel(letter) {
  return "aeiouy".includes(letter);
}
