/* Keeps the guide on a reader's device, so that a page that was once there can be read without a
   network (W3C, Service Workers). `publish` writes above this what it keeps:

   EDITION names the edition and all of its files; FILES leads from each address, relative to this
   file, to the SHA-256 of what is there, in Base64. ALWAYS has the addresses of what is kept on every
   device: of a small guide all, of a large one what an emergency needs. The rest is kept once a
   reader opens it.

   What is kept is always of one edition. Pages come from the host as long as it answers,
   so that nobody gets yesterday's warning signs while today's can be had. */
"use strict";

const ROOT = new URL(".", location).href;
// Other sites of the same host have caches of their own, which are not ours to remove.
const CACHE = `${ROOT} ${EDITION}`;
// Milliseconds for a host to send all of a page: about what a reader waits before giving up.
const PATIENCE = 4000;
// Another content has another name, so what is kept under it cannot be out of date.
const NAMED_BY_CONTENT = /\.[0-9a-f]{8}\.[\w.]+$/;
// Handouts and data: they are not kept, and a browser knows best how to open them.
const NO_PAGE = /\.(?!html$)\w+$/;

addEventListener("install", (event) => event.waitUntil(install()));

addEventListener("activate", (event) => event.waitUntil(takeOver()));

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(ROOT)) return;
  const path = pathOf(url);
  if (mode !== "navigate" && FILES.has(path)) event.respondWith(file(event.request, path));
  if (mode === "navigate" && !NO_PAGE.test(path)) event.respondWith(page(event, path));
});

/* Where something is, from the site's root. What is searched for stands behind the question mark:
   it is not looked at. */
function pathOf(url) {
  const [path] = url.slice(ROOT.length).split(/[?#]/);
  return path.replace(/(^|\/)index\.html$/, "$1");
}

// What is asked for

async function page(event, path) {
  const fresh = fromHost(event.request);
  const copy = await kept(path);
  const todays = await (copy ? soon(fresh) : fresh);
  if (todays) {
    // Whatever was lost of what is kept comes back, as long as the host still has this edition.
    event.waitUntil(complete([path]).catch(() => {}));
    return todays;
  }
  if (copy) {
    event.waitUntil(tellLate(event, fresh));
    return withNotice(copy, 200);
  }
  if (FILES.has(`${path}/`)) return Response.redirect(new URL(`${path}/`, ROOT));
  const instead = await kept("404.html");
  return instead ? withNotice(instead, 503) : Response.error();
}

async function file(request, path) {
  const copy = await kept(path);
  if (!copy) return fetch(request);
  if (NAMED_BY_CONTENT.test(path)) return copy;
  return (await soon(fromHost(request))) ?? copy;
}

/* A page that was kept says so. Its words stand in it, hidden, so that they were checked. */
async function withNotice(copy, status) {
  const html = await copy.text();
  const shown = html.replace(/(<aside class="cs-kept"[^>]*?) hidden/, "$1");
  return new Response(shown, { status, headers: copy.headers });
}

/* The host was too slow; tell which page it has sent at last. */
async function tellLate(event, fresh) {
  const response = await fresh;
  if (response?.ok) await tell(await clients.get(event.resultingClientId), response);
}

/* Tell a page that is open by what the newest one is known: theme/scripts/keep.js compares. */
async function tell(client, newest) {
  const [, page] = (await newest.text()).match(/data-cs-page="(\w+)"/) ?? [];
  if (page) client?.postMessage(page);
}

// The host

/* All of what the host has now, or nothing where it cannot be reached or has failed.

   A browser's own store may hold yesterday's for as long as the host once allowed, so it has to ask.
   Not passed on: the request itself, which not every browser lets a worker change for a page. */
async function fromHost({ url, redirect, signal }) {
  try {
    const response = await fetch(url, { cache: "no-cache", redirect, signal });
    // A weak signal may bring the first lines and then no more.
    await response.clone().arrayBuffer();
    return response.status < 500 ? response : undefined;
  } catch {
    return undefined;
  }
}

function soon(fresh) {
  return Promise.race([fresh, new Promise((done) => setTimeout(done, PATIENCE))]);
}

// What is kept

/* The copy of a file, if it is whole. One that is not makes room for another. */
async function kept(path) {
  try {
    const cache = await caches.open(CACHE);
    const address = new URL(path, ROOT);
    const copy = await intact(await cache.match(address), path);
    if (!copy) await cache.delete(address);
    return copy;
  } catch {
    // A disk that fails is no reason to show nothing.
    return undefined;
  }
}

async function intact(response, path) {
  if (!response) return undefined;
  const body = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  if (btoa(String.fromCharCode(...digest)) !== FILES.get(path)) return undefined;
  return new Response(body, { headers: response.headers });
}

async function install() {
  const open = await clients.matchAll({ includeUncontrolled: true, type: "window" });
  await complete(open.map(({ url }) => pathOf(url)));
  await skipWaiting();
}

/* Get what is not kept yet, one by one: a reader may be waiting for a page. It is what is always
   kept, what was kept of an older edition, and what is open. */
async function complete(open) {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const before = (await everythingKept()).map(({ url }) => pathOf(url));
  const wanted = new Set([...ALWAYS, ...open, ...before]);
  for (const path of wanted) {
    if (!FILES.has(path)) continue;
    const address = new URL(path, ROOT);
    if (!there.has(address.href)) await cache.put(address, await bring(address, path));
  }
}

/* A file of this edition and no other: a host may still have, or already have, another one. */
async function bring(address, path) {
  // Most files do not change from one edition to the next.
  const before = await intact(await caches.match(address), path);
  if (before) return before;
  const found = await intact(await fetch(address, { cache: "no-cache" }), path);
  if (!found) throw new Error(`${address} is not of the edition ${EDITION}`);
  // They tell of how it came, packed.
  found.headers.delete("Content-Encoding");
  found.headers.delete("Content-Length");
  return found;
}

async function everythingKept() {
  const requests = (await ours()).map(async (name) => (await caches.open(name)).keys());
  return (await Promise.all(requests)).flat();
}

async function ours() {
  return (await caches.keys()).filter((name) => name.startsWith(`${ROOT} `));
}

/* This edition is kept, so older ones go, and pages that are open learn of it. */
async function takeOver() {
  const older = (await ours()).filter((name) => name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) {
    const newest = await kept(pathOf(client.url));
    if (newest) await tell(client, newest);
  }
}
