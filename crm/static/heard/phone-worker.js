// Keeps the page of the log, this phone's list and their styles at hand for when there is no signal. It answers GET
// alone and never touches what is sent: Safari sends empty bodies through workers (Enketo took that out in August 2026).
const KEPT = "heard-phone";
const PAGES = ["/workspace/contacts/new/", "/workspace/contacts/phone/"];
const PATIENCE = 4000; // milliseconds: a bar of signal that carries nothing counts as none

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const page = request.mode === "navigate" && PAGES.includes(pathname);
  if (page) event.respondWith(answer(request, pathname, !search));
  else if (pathname.startsWith("/static/") || pathname === "/brand.css") event.respondWith(answer(request, pathname, true));
});

async function answer(request, pathname, keep) {
  const kept = await caches.open(KEPT);
  const fallback = () => kept.match(pathname, { ignoreSearch: true, ignoreVary: true });
  const fresh = fetch(request).then(async (response) => {
    if (keep && response.ok) await kept.put(pathname, response.clone()).catch(() => null);
    return response;
  });
  const slow = new Promise((wake) => setTimeout(wake, PATIENCE)).then(fallback).then((found) => found || fresh);
  slow.catch(() => null);
  return Promise.race([fresh, slow]).catch(async () => (await fallback()) || Response.error());
}
