/* Messages: what the theme's script asks of its worker (Material 9.8.1), and what it is answered.

   The answers say more than the theme asks for: `guide` is for theme/scripts/search.js. */
const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];

let guide;
let emergency = "";

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    guide = new Guide(data.docs, data.config.guide);
    emergency = data.config.guide.emergency;
    postMessage({ type: READY });
  }
  if (type === QUERY) postMessage({ type: RESULT, data: answer(data) });
});

function answer(query) {
  const result = guide.search(query);
  const items = itemsOf(result);
  const { loose, missing, isEmpty } = result.reading;
  const isNothing = !items.length && !isEmpty;
  return { items, guide: { loose, missing, emergency: isNothing ? emergency : "", isNothing } };
}
