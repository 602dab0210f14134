// Contacts that wait on this phone for signal. What is written goes into the phone's store first, locked with its
// officer's key, and is sent then; only an answer that it arrived deletes it (docs/decisions/0069).
const LOG = "/workspace/contacts/new/", PHONE = "/workspace/contacts/phone/", SEND = `${PHONE}send/`, KEY = `${PHONE}key/`;
const SIGN_IN = `/accounts/login/?next=${PHONE}`;
const KEPT = "heard-phone", HOUR = 3_600_000, DAY = 24 * HOUR, PATIENCE = 10_000;
const FULL = "This phone cannot save more. Copy your note now, then find signal";
const TRY_LATER = [403, 408, 409, 425, 429]; // the rest of 400 to 499 says what must change
const here = document.querySelector("[data-phone]"), page = here?.dataset.phone;
const form = document.getElementById("log");
let noSignal = !navigator.onLine, answered = false, signedOut = false, barred = "", pressed = false;

// --- The store ---
const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
let opening;
function opened() {
  opening ??= (() => {
    const request = indexedDB.open(KEPT, 1);
    request.onupgradeneeded = () => ["waiting", "sent", "keys"].forEach((name) => request.result.createObjectStore(name, { keyPath: "id" }));
    return asked(request);
  })();
  return opening;
}
async function change(name, work) { // over when it is on the disk
  const transaction = (await opened()).transaction(name, "readwrite", { durability: "strict" });
  const over = new Promise((yes, no) => { transaction.oncomplete = yes; transaction.onerror = transaction.onabort = () => no(transaction.error); });
  work(transaction.objectStore(name));
  await over;
}
const all = async (name) => asked((await opened()).transaction(name).objectStore(name).getAll());
const one = async (name, id) => asked((await opened()).transaction(name).objectStore(name).get(id));
function remember(some) { // for the other pages, which then look whether these can be sent
  try { if (some) localStorage.setItem("heard-waiting", "yes"); else localStorage.removeItem("heard-waiting"); } catch { /* then they do not */ }
}

// --- Locked to one officer ---
const patiently = (address, options = {}) => fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE), ...options });
const refused = (answer) => answer.status === 401 || answer.type === "opaqueredirect";
async function enter() { // who may send now, with a fresh token; null when nobody may; throws without signal
  const answer = await patiently(KEY);
  signedOut = refused(answer);
  barred = answer.status === 403 ? await reasonOf(answer) : "";
  if (signedOut) await shut();
  if (signedOut || barred) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { who, key, csrf, seconds } = await answer.json();
  const raw = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  const [locks, opens] = await Promise.all(["encrypt", "decrypt"].map((use) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use])));
  await change("keys", (store) => store.put({ id: "me", who, locks, opens, until: Date.now() + seconds * 1000 }));
  return { who, csrf };
}
const reasonOf = (answer) => answer.json().then(({ reasons }) => reasons.join(" "), () => "");
async function shut() { // signed out, perhaps because this phone was reported lost: writing goes on, reading does not
  const known = await one("keys", "me");
  if (known) await change("keys", (store) => store.put({ ...known, opens: null }));
  await change("sent", (store) => store.clear());
  await caches?.delete(KEPT);
}
async function me() { // writing goes on after the session is over; reading does not
  const known = await one("keys", "me");
  return known && known.until < Date.now() ? { ...known, opens: null } : known;
}
const bound = ({ id, who }) => new TextEncoder().encode(`${id} ${who}`);
async function lock(item, told) {
  const { locks, who } = await me(), iv = crypto.getRandomValues(new Uint8Array(12));
  const row = { ...item, who, iv };
  row.locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(row) }, locks, new TextEncoder().encode(JSON.stringify(told)));
  await change("waiting", (store) => store.put(row));
  remember(true);
  return row;
}
async function unlock(row, known) { // null for whoever it does not belong to
  if (!known?.opens || known.who !== row.who) return null;
  const told = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: bound(row) }, known.opens, row.locked).catch(() => null);
  return told && JSON.parse(new TextDecoder().decode(told));
}
async function forgetWho() { // the key, the pages at hand and what was sent; never what waits
  await caches?.delete(KEPT);
  for (const name of ["keys", "sent"]) await change(name, (store) => store.clear());
}

// --- Sending ---
async function send(row, told, csrf, now) {
  let answer, said;
  try {
    const headers = { "X-CSRFToken": csrf, "Idempotency-Key": row.id, ...(now ? { "Heard-Pressed": "now" } : {}) };
    answer = await patiently(SEND, { method: "POST", body: new URLSearchParams(told.body), headers });
    said = await answer.json().catch(() => null);
  } catch {
    noSignal = true;
    return { became: "waiting" };
  }
  noSignal = false;
  if (refused(answer)) signedOut = true;
  if (answer.status === 403 && said) barred = said.reasons.join(" ");
  if (answer.ok && said?.sent === row.id) {
    await change("sent", (store) => store.put({ id: row.id, who: row.who, savedAt: row.savedAt, sentAt: Date.now(), address: said.address }));
    for (const id of [row.id, told.instead]) if (id) await change("waiting", (store) => store.delete(id));
    return { became: "sent", address: said.address };
  }
  if (refused(answer) || answer.status < 400 || answer.status > 499 || TRY_LATER.includes(answer.status)) return { became: refused(answer) ? "signed out" : "waiting" };
  const reasons = said?.reasons ?? [`It was not accepted (${answer.status}). Ask for help`];
  await lock({ ...row, state: "change" }, { ...told, reasons, code: said?.code });
  return { became: "change" };
}
const flush = () => (navigator.locks ? navigator.locks.request(KEPT, flushed) : flushed());
async function flushed() {
  const rows = (await all("waiting")).filter((row) => row.state !== "gone" && row.id !== inTheForm());
  if (rows.length || page === "log") {
    const entered = await enter().then((found) => { noSignal = false; answered = true; return found; }, (problem) => { noSignal = noSignal || problem.name !== "Error"; return undefined; });
    const known = entered && (await me());
    for (const row of rows.filter((found) => found.who === entered?.who)) {
      const told = await unlock(row, known);
      if (!told) await change("waiting", (store) => store.put({ ...row, state: "gone" })); // its key is never given again
      else if (row.state === "waiting") await send(row, told, entered.csrf, false);
      if (noSignal || signedOut || barred) break;
    }
  }
  await show();
}

// --- Writing ---
const inTheForm = () => form?.elements.key.value; // what stands in the form is sent by its own button
function written(submitter) {
  const body = [...new FormData(form, submitter)].filter(([name]) => !["csrfmiddlewaretoken", "key", "saved_on"].includes(name));
  const met = form.querySelector("input[name=met]:checked");
  const name = met?.value === "other" || !met ? form.elements.met_other.value : met.labels[0].textContent;
  return { body: [...body, ["saved_on", day(Date.now())]], name: name.trim(), instead: form.dataset.instead };
}
function natively(submitter) { // the server says what is wrong beside the field, or keeps it while the officer signs in
  if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  HTMLFormElement.prototype.submit.call(form);
}
async function press(event) {
  const submitter = event.submitter;
  if (submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (pressed) return;
  pressed = true;
  const told = written(submitter);
  let row;
  try {
    await ready;
    row = await lock({ id: form.elements.key.value, savedAt: Date.now(), state: "waiting" }, told);
  } catch {
    if (navigator.onLine && !noSignal) return natively(submitter);
    pressed = false;
    return cannotSave();
  }
  navigator.storage?.persist?.();
  const { became, address } = navigator.onLine ? await send(row, told, form.elements.csrfmiddlewaretoken.value, true) : { became: "waiting" };
  if (became === "sent") return location.assign(`${address}?saved=1`);
  if (became === "waiting") return location.assign(`${PHONE}#saved`);
  // It stays in the list until it is sent from the page that comes now, or from here.
  if (became === "signed out") await lock({ ...row, state: "change" }, { ...told, reasons: ["You were signed out"] });
  natively(submitter);
}
function cannotSave() {
  const found = build("div", "govuk-error-summary", build("div", "", build("h2", "govuk-error-summary__title", "There is a problem"), build("div", "govuk-error-summary__body", build("ul", "govuk-list govuk-error-summary__list", build("li", "", link("#id_words", FULL))))));
  found.firstChild.setAttribute("role", "alert");
  found.tabIndex = -1;
  document.querySelector(".govuk-error-summary")?.remove();
  here.before(found);
  here.hidden = true; // it says that one can carry on
  found.focus();
  if (!document.title.startsWith("Error:")) document.title = `Error: ${document.title}`;
}
const day = (when) => { const date = new Date(when); return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-"); };
async function reopen(id) { // an item of the list, in the form as it was typed
  const row = await one("waiting", id), told = row && (await unlock(row, await me()));
  if (!told) return;
  const body = new Map();
  for (const [name, value] of told.body) body.set(name, [...(body.get(name) ?? []), value]);
  onItsDay(body);
  for (const control of form.elements) {
    if (!control.name || ["hidden", "submit"].includes(control.type)) continue;
    if (["radio", "checkbox"].includes(control.type)) control.checked = (body.get(control.name) ?? []).includes(control.value);
    else control.value = body.get(control.name)?.[0] ?? "";
  }
  if (!form.querySelector("input[name=met]:checked") && told.name) { // no longer among the first: by its name
    form.querySelector("input[name=met][value=other]").checked = true;
    form.elements.met_other.value = told.name;
  }
  if (told.code === "sent_before") form.dataset.instead = id; // its key is used up
  else form.elements.key.value = id;
  if (told.reasons) here.before(build("div", "heard-status heard-status--warning", build("p", "govuk-body govuk-!-margin-bottom-0", needs(told))));
}
function onItsDay(body) { // its "today" was another day
  const when = body.get("when")?.[0], savedOn = body.get("saved_on")?.[0];
  if (!["today", "yesterday"].includes(when) || savedOn === day(Date.now())) return;
  const date = new Date(`${savedOn}T12:00`);
  if (when === "yesterday") date.setDate(date.getDate() - 1);
  body.set("when", ["other"]);
  day(date).split("-").forEach((part, at) => body.set(`occurred_on_${["year", "month", "day"][at]}`, [`${Number(part)}`]));
}

// --- Showing ---
function build(tag, css, ...inside) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.append(...inside.filter(Boolean));
  return made;
}
const link = (href, words) => Object.assign(build("a", "govuk-link", words), { href });
const contacts = (number) => `${number} ${number === 1 ? "contact" : "contacts"}`;
const needs = ({ reasons }) => `Needs a change: ${reasons.map((words) => words.replace(/\.$/, "")).join(". ")}.`;
const they = (number, one, more) => (number === 1 ? one : more);
function time(when) {
  const date = new Date(when), days = Math.round((new Date(day(Date.now())) - new Date(day(when))) / DAY);
  const named = ["Today", "Yesterday"][days] ?? date.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return `${named}, ${date.getHours() % 12 || 12}:${`${date.getMinutes()}`.padStart(2, "0")}${date.getHours() < 12 ? "am" : "pm"}`;
}
function age(rows) { // warn after a day, shout after three
  const waited = Date.now() - Math.min(...rows.map((row) => row.savedAt));
  if (waited >= 3 * DAY) return build("strong", "heard-late", "Saved 3 days ago or more. This phone may delete it. Find signal and send it today.");
  return waited >= DAY ? build("strong", "", "Saved more than a day ago. Find signal soon and send it.") : "";
}
async function show() {
  const rows = (await all("waiting")).sort((one, other) => other.savedAt - one.savedAt);
  remember(rows.length);
  document.body.classList.toggle("heard-no-signal", noSignal);
  if (!here) return;
  const known = await me(), who = here.dataset.who ?? known?.who;
  const mine = rows.filter((row) => (!who || row.who === who) && row.id !== inTheForm());
  const lines = status(mine);
  if (page === "log") {
    const calm = !lines.length && answered && !noSignal && !signedOut && !rows.some((row) => row.who === who);
    if (calm) lines.push(line("Online. Everything you logged today has been sent."));
    here.className = calm ? "heard-status heard-desktop-only" : "heard-status heard-status--warning";
  }
  if (page === "home") document.querySelector("[data-phone-words]").replaceChildren(...lines);
  else here.replaceChildren(...lines);
  here.hidden = !lines.length;
  if (page === "phone") await list(mine, rows.length - mine.length, known);
}
const line = (...inside) => build("p", "govuk-body govuk-!-margin-bottom-0", ...inside);
function status(found) {
  const rows = found.filter((row) => row.state !== "gone"), number = rows.length, gone = found.length - number, lines = [];
  const ill = rows.filter((row) => row.state === "change").length, it = they(number, "It will", "They will");
  if (page === "home" && !found.length) return [];
  if (page === "sign-in") return number ? [line(build("strong", "", `Sign in to send ${contacts(number)}. ${they(number, "It is", "They are")} still saved on this phone.`))] : [];
  if (page === "sign-out") return number ? [line(build("strong", "", `${contacts(number)} ${they(number, "is", "are")} waiting to send.`)), line(`If you sign out, ${they(number, "it stays", "they stay")} locked on this phone. Sign in again here to send ${they(number, "it", "them")}.`), line(link(PHONE, "See what is waiting"))] : [];
  if (noSignal) lines.push(line(build("strong", "", page === "log" ? "No signal. You can carry on." : "No signal.")));
  if (number && signedOut) lines.push(line(link(SIGN_IN, `Sign in to send ${contacts(number)}`), `. ${they(number, "It is", "They are")} still saved on this phone.`));
  else if (number && barred) lines.push(line(build("strong", "", barred)));
  else if (number && noSignal) lines.push(line(`${contacts(number)} ${they(number, "is", "are")} saved on this phone. ${it} send when you have signal.`));
  else if (number > ill) lines.push(line(`${contacts(number - ill)} ${they(number - ill, "is", "are")} waiting to send.`));
  if (ill) lines.push(line(`${contacts(ill)} ${they(ill, "needs", "need")} a change.`));
  if (gone) lines.push(line(`${contacts(gone)} can never be opened again. Log ${they(gone, "it", "them")} again.`));
  if (number && age(rows)) lines.push(line(age(rows)));
  if (found.length && page !== "phone") lines.push(line(link(PHONE, "See what is waiting")));
  return lines;
}
async function list(rows, others, known) {
  const sent = (await all("sent")).filter((row) => row.who === known?.who && row.sentAt > Date.now() - DAY).sort((one, other) => other.sentAt - one.sentAt);
  const waiting = rows.filter((row) => row.state === "waiting").length;
  const told = waiting ? `${waiting} ${they(waiting, "is", "are")} waiting to send.${barred ? "" : ` Open this page when you have signal and ${they(waiting, "it", "they")} will send.`}` : rows.length ? "" : "Everything is sent.";
  const elses = others ? ` ${contacts(others)} of another person ${they(others, "is", "are")} saved on this phone, locked. They must sign in to send ${they(others, "it", "them")}.` : "";
  document.getElementById("phone-summary").textContent = told + elses;
  document.getElementById("phone-banner").hidden = location.hash !== "#saved" || !waiting;
  const shown = await Promise.all(rows.map(async (row) => {
    const one = item(row, await unlock(row, known));
    one.dataset.row = row.id;
    return one;
  }));
  shown.push(...sent.map((row) => build("li", "", build("div", "", link(row.address, `The contact you saved ${time(row.savedAt).replace(/^[TY]/, (letter) => letter.toLowerCase())}`), build("p", "heard-meta", time(row.sentAt))), build("span", "", "Sent"))));
  const shelf = document.getElementById("phone-list");
  // What says the same stays: a link that is replaced while a finger lies on it is never followed.
  if (shown.length !== shelf.children.length || shown.some((one, at) => !one.isEqualNode(shelf.children[at]))) shelf.replaceChildren(...shown);
  shelf.hidden = !shown.length;
  document.getElementById("phone-send").hidden = !waiting;
}
function item(row, told) {
  const ill = row.state === "change", gone = row.state === "gone";
  const unread = gone ? "A contact. Its key is gone: this phone was reported lost, or Heard’s own key was changed. Log it again, then delete it here." : "A contact. Sign in to read it.";
  const words = build("div", "", told ? told.name || "A contact" : unread, build("p", "heard-meta", time(row.savedAt)), gone ? "" : age([row]));
  if (ill && told) words.append(build("p", "", needs(told)));
  if (told) words.append(build("p", "", Object.assign(link(`${LOG}#${row.id}`, "Open it"), { ariaLabel: `Open it: ${told.name}` })));
  if (gone || (ill && told)) {
    const away = Object.assign(build("button", "govuk-button govuk-button--secondary", "Delete it from this phone"), { type: "button" });
    away.addEventListener("click", async () => {
      if (!confirm("Delete this contact from this phone? It was not sent.")) return;
      await change("waiting", (store) => store.delete(row.id));
      await show();
    });
    words.append(away);
  }
  return build("li", "", words, build("span", "", build("strong", `govuk-tag govuk-tag--${gone ? "red" : ill ? "orange" : "yellow"}`, gone ? "Lost" : ill ? "Needs a change" : "Waiting")));
}

// --- At hand without signal ---
async function keepAtHand() {
  const kept = await caches.open(KEPT);
  const resources = performance.getEntriesByType("resource").map((entry) => new URL(entry.name)).filter(({ origin, pathname }) => origin === location.origin && (pathname.startsWith("/static/") || pathname === "/brand.css"));
  for (const address of [...resources.map(({ pathname }) => pathname), LOG, PHONE]) {
    const found = await kept.match(address, { ignoreVary: true });
    if (found && (address !== LOG || Date.now() - new Date(found.headers.get("Date") ?? 0) < 3 * HOUR)) continue;
    const answer = await fetch(address);
    if (answer.ok && !answer.redirected) await kept.put(address, answer);
  }
}

async function prepare() {
  if (page === "sign-in") return forgetWho();
  const known = await me();
  if (!here?.dataset.who || page === "sign-out") return undefined;
  if (known && known.who !== here.dataset.who) await forgetWho();
  if (known?.opens && known.who === here.dataset.who) return undefined;
  return navigator.onLine ? enter() : undefined;
}
const ready = prepare();
ready.catch(() => null);
form?.addEventListener("submit", press);
if (form && "fresh" in form.dataset && !location.search.includes("kept")) form.elements.key.value = crypto.randomUUID(); // a page at hand is opened more than once
if (page === "log" && location.hash) ready.then(() => reopen(location.hash.slice(1))).then(show);
if (page === "sign-out") document.querySelector("main form").addEventListener("submit", async (event) => { event.preventDefault(); await forgetWho().catch(() => null); HTMLFormElement.prototype.submit.call(event.target); });
document.getElementById("phone-send")?.addEventListener("click", flush);
addEventListener("pageshow", () => { pressed = false; });
addEventListener("online", () => { noSignal = false; flush(); });
addEventListener("offline", () => { noSignal = true; show(); });
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
await ready.catch(() => null);
await show();
if (!["sign-in", "sign-out"].includes(page)) await flush();
if (["log", "phone", "home"].includes(page) && navigator.serviceWorker && navigator.onLine) {
  await navigator.serviceWorker.register("/workspace/phone-worker.js").then((worker) => worker && keepAtHand()).catch(() => null);
}
