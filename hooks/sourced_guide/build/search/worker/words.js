/* Words: how a text falls into them, and the forms of one word that count as the same. */

/* Words that say nothing of what somebody looks for. Where a query has no others, they count. */
const STOP_WORDS = new Set(
  (
    "a about after again all also am an and any are as at be because been before being but by can " +
    "could did do does doing for from get gets getting give go going got had has have having he her " +
    "here him his how i if im in into is it its ive just know like made make makes may me mean means " +
    "meaning might mine more much must my need of on or our please put really she should so some " +
    "something somebody someone such tell than that the their them then there these they thing " +
    "things this those to too under until us very want was we were what whats when where whether " +
    "which while who whom whose why will with without would you your yours be am ill id dont doesnt " +
    "not no nor cant cannot never isnt wont didnt"
  ).split(" "),
);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
const APOSTROPHES = /(?<=\p{L})['’ʼ`´](?=\p{L})/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/* A text as plain characters: no accents, no entities, no capital letters. */
function plain(text) {
  return text
    .replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

/* The words of a text in their order: "can't" is one word, "x-ray" two. */
function wordsOf(text) {
  return plain(text).replace(APOSTROPHES, "").match(WORD) ?? [];
}

/* The words of a text for the index: those, and what a hyphen joins as one word. */
function indexedWords(text) {
  const joined = plain(text).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu) ?? [];
  return [...wordsOf(text), ...joined.map((word) => word.replaceAll("-", ""))];
}

/* A function that remembers what it made of each word: a guide repeats its words a dozen times. */
function remembered(make) {
  const made = new Map();
  return (word) => {
    if (!made.has(word)) made.set(word, make(word));
    return made.get(word);
  };
}

/* One form for a word, its plural, and its British and American spelling. */
const stem = remembered((word) => (word.length < 4 ? word : oneSpelling(singular(word))));

function oneSpelling(word) {
  return word
    .replace(/ae(?=.{3})/g, "e")
    .replace(/^oe(?=.{3})|(?<=.{2})oe(?=.{2})/g, "e")
    .replace(/(?<=.{3})our(?=$|ed$|ing$|al$|ite$)/, "or")
    .replace(/(?<=.{2})ys(?=e|ing)/, "yz")
    .replace(/(?<=.{3})is(?=ation|e$|ed$|ing$)/, "iz")
    .replace(/(?<=.{3})ll(?=ed$|ing$|er$)/, "l")
    .replace(/(?<=.{3})tre$/, "ter");
}

const IRREGULAR = new Map(
  Object.entries({ feet: "foot", teeth: "tooth", men: "man", women: "woman", children: "child" }),
);

function singular(word) {
  const one = withoutPlural(word);
  return IRREGULAR.get(one) ?? one;
}

function withoutPlural(word) {
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/.{5}[aoy]ses$/.test(word) && word.length > 8) return word.replace(/es$/, "is");
  if (/..ies$/.test(word)) return word.replace(/ies$/, "y");
  if (/(?:x|ch|sh|ss|zz)es$/.test(word)) return word.replace(/es$/, "");
  return word.replace(/s$/, "");
}

const ENDINGS =
  /(?:ations?|ising|izing|ised|ized|ments?|ness|ings?|ions?|ives?|able|ance|ancy|ence|ency|ally|ical|ists?|ers?|ors?|ed|al|ic|is|ly|ful|ant|ent|es|s|e|y)$/;

/* What words of one family share: "walking" and "walk", "paralysed" and "paralysis". */
function rootOf(word) {
  let root = word;
  for (let cut = 0; cut < 2; cut += 1) {
    const shorter = root.replace(ENDINGS, "");
    if (shorter.length < 4) break;
    root = shorter;
  }
  return root.replace(/([bdgklmnprt])\1$/, "$1").replace(/(?<=.{3})[szie]$/, "");
}

const SOUNDS = [
  [/^(?:kn|gn|pn)/, "n"],
  [/^ps/, "s"],
  [/^wr/, "r"],
  [/^x/, "s"],
  [/^wh/, "w"],
  [/ph/g, "f"],
  [/gh(?=t)/g, ""],
  [/sch|ch|ck|q|c(?![eiy])/g, "k"],
  [/c/g, "s"],
  [/x/g, "ks"],
  [/z/g, "s"],
  [/rh/g, "r"],
  [/th/g, "t"],
  [/y/g, "i"],
  [/[aeo]u|oo|ew/g, "u"],
  [/ai|ae|ei|ie|ea|ee|oe/g, "e"],
  [/mb$/, "m"],
  [/(?<=.{3})e$/, ""],
  [/(.)\1+/g, "$1"],
];

/* How a word sounds, roughly: "kemo" as "chemo", "fisio" as "physio". */
const soundOf = remembered((word) =>
  SOUNDS.reduce((sound, [letters, as]) => sound.replace(letters, as), word),
);
