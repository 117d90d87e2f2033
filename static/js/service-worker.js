/**
 * Keep the drawing page, so that it opens and draws without a network.
 *
 * It keeps that page and the page's own files, never an answer, the API or anything under /admin,
 * which it does not even see: who has signed out is signed out. The server puts `NET` before it:
 * the version of the files, and their addresses. The network comes first, so a new version shows at
 * the next load, and replaces what is kept.
 */
const NAME = `net-${NET.version}`;
const PAGE = "/";
const PATIENCE = 5_000; // milliseconds until a kept page is better than the network's

addEventListener("install", (event) => {
  skipWaiting(); // or a new version would wait until every tab is closed
  event.waitUntil(keepAll());
});
addEventListener("activate", (event) => event.waitUntil(dropOtherVersions()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === PAGE) event.respondWith(answerPage(event));
  else if (NET.files.includes(pathname)) event.respondWith(answerFile(event.request));
});

async function keepAll() {
  const cache = await caches.open(NAME);
  await cache.addAll(NET.files);
  const isKept = await keepPage(await fetch(PAGE, { cache: "no-cache" }));
  if (!isKept) throw new Error("the page is of another version than its files");
}

/** Keep a page whose files are kept too. @returns {Promise<boolean>} whether it is such a one */
async function keepPage(response) {
  const isOurs = response.ok && (await response.clone().text()).includes(NET.version);
  if (isOurs) await (await caches.open(NAME)).put(PAGE, response.clone());
  return isOurs;
}

async function dropOtherVersions() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("net-") && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function answerPage(event) {
  const kept = await keptAnswer(PAGE);
  try {
    const response = await soon(fetch(event.request), kept);
    if (response.status >= 500 && kept !== undefined) return kept;
    // In the language that was chosen last.
    event.waitUntil(keepPage(response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Wait for the network no longer than a person does, where there is something else to show. */
function soon(answer, other) {
  if (other === undefined) return answer;
  const patience = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("the network is slow")), PATIENCE);
  });
  return Promise.race([answer, patience]);
}

async function answerFile(request) {
  return (await keptAnswer(request)) ?? fetch(request);
}

/** What is kept; nothing where a full or broken disk lets nobody read it. */
async function keptAnswer(request) {
  try {
    return await caches.match(request, { cacheName: NAME, ignoreVary: true });
  } catch {
    return undefined;
  }
}
