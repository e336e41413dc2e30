/* The pack: what is asked, in which order, and how long it takes. */
const GROUPS = {
  emergency: "Emergency signs and calls",
  advice: "What to do and not to do",
  medicines: "Medicines",
  figures: "Figures",
  rest: "The rest",
};
const ANSWERS = { agree: "Agree", disagree: "Disagree", "cannot-tell": "Cannot tell" };
const READ = {
  full: "we read all of it",
  abstract: "we read only its abstract",
  excerpt: "we read a part of it",
};
const WORDS_A_MINUTE = 180;
const SECONDS_A_CLAIM = 3;

/** The element of an id. */
const $ = (id) => document.getElementById(id);

/** An element with text or other elements in it. */
function made(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

async function readPack() {
  const packed = Uint8Array.from(atob($("pack").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}

function secondsFor(questions) {
  let words = 0;
  for (const { claim, passages } of questions) {
    for (const text of [claim, ...passages.map((passage) => passage.says)]) {
      words += text.split(/\s+/).filter(Boolean).length;
    }
  }
  return (60 * words) / WORDS_A_MINUTE + SECONDS_A_CLAIM * questions.length;
}

function duration(seconds) {
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${minutes} min`;
}

function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
