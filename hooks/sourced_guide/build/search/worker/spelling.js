/* Spelling: the words that the guide knows, and which of them somebody meant. */

/* Words of headings and aliases are what people look for; one more slip is forgiven towards them. */
class Vocabulary {
  #words = new Map();
  #roots = new Map();
  /* By their length. */
  #candidates = new Map();

  /* Take in words, which are those that people look for or those of running text. */
  add(words, isSought) {
    for (const word of words) {
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
    for (const [word, known] of this.#words) {
      if (STOP_WORDS.has(word)) continue;
      if (word.length > 4) append(this.#roots, rootOf(word), word);
      if (/\d/.test(word)) continue;
      const sound = soundOf(word);
      const letters = [lettersOf(word), lettersOf(sound)];
      append(this.#candidates, word.length, { word, sound, letters, ...known });
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
    const letters = [lettersOf(word), lettersOf(sound)];
    for (let length = word.length - 3; length <= word.length + 3; length += 1) {
      for (const other of this.#candidates.get(length) ?? []) {
        const limit = allowedSlips(word.length, length, other.isSought);
        let slips = Infinity;
        if (mayBeNear(letters[0], other.letters[0], limit))
          slips = distance(word, other.word, limit);
        if (slips && mayBeNear(letters[1], other.letters[1], limit)) {
          const heard = distance(sound, other.sound, limit);
          slips = Math.min(slips, heard ? heard + 0.5 : SAME_SOUND);
        }
        if (slips > limit) continue;
        const start = word[0] === other.word[0] || sound[0] === other.sound[0] ? 0 : 0.6;
        const often = Math.min(Math.log10(other.count), 2) / 5;
        found.push({ word: other.word, cost: slips + start - (other.isSought ? 0.4 : 0) - often });
      }
    }
    found.sort((one, other) => one.cost - other.cost);
    return found.filter(({ cost }) => cost < found[0].cost + 0.1).slice(0, 2);
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

function append(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

/* The longer a word, the less another one is like it by chance. */
function allowedSlips(length, otherLength, isSought) {
  const [least, most] = [Math.min(length, otherLength), Math.max(length, otherLength)];
  if (most < 4 || (least < 5 && !isSought)) return 0;
  if (least < 6) return 1;
  if (least < 8) return isSought ? 2 : 1;
  return 2;
}

/* The letters of a word as bits. */
function lettersOf(word) {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/* Whether two words can be that near: no slip changes more than two of the letters that they have. */
function mayBeNear(letters, others, limit) {
  let different = letters ^ others;
  let most = Math.floor(2 * limit);
  while (different && most >= 0) {
    different &= different - 1;
    most -= 1;
  }
  return most >= 0;
}

/* What it costs to be written differently and to sound the same. */
const SAME_SOUND = 0.2;
const LONGEST_WORD = 40;
const ROWS = [0, 1, 2].map(() => new Float64Array(LONGEST_WORD + 1));

/* How many slips of the finger lead from one word to another, as far as `limit`: a letter too many,
   one too few, another one, or two in the wrong order (Damerau and Levenshtein). A vowel for another
   is the lesser slip. */
function distance(from, to, limit) {
  if (from === to) return 0;
  if (Math.abs(from.length - to.length) > limit) return Infinity;
  if (Math.max(from.length, to.length) > LONGEST_WORD) return Infinity;
  let [before, last, row] = ROWS;
  for (let at = 0; at <= to.length; at += 1) last[at] = at;
  for (let i = 1; i <= from.length; i += 1) {
    let least = (row[0] = i);
    const letter = from[i - 1];
    for (let j = 1; j <= to.length; j += 1) {
      const other = to[j - 1];
      let cost = letter === other ? 0 : 1;
      if (cost && isVowel(letter) && isVowel(other)) cost = 0.7;
      let slips = last[j - 1] + cost;
      if (last[j] + 1 < slips) slips = last[j] + 1;
      if (row[j - 1] + 1 < slips) slips = row[j - 1] + 1;
      if (i > 1 && j > 1 && letter === to[j - 2] && from[i - 2] === other)
        slips = Math.min(slips, before[j - 2] + 1);
      row[j] = slips;
      if (slips < least) least = slips;
    }
    if (least > limit) return Infinity;
    [before, last, row] = [last, row, before];
  }
  return last[to.length];
}

function isVowel(letter) {
  return "aeiouy".includes(letter);
}
