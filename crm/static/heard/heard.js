// Small comforts; every page works without them.
// Contacts that wait for signal: where one is written or shown, and wherever some wait.
const kept = () => { try { return localStorage.getItem("heard-waiting"); } catch { return null; } };
if (isSecureContext && (document.querySelector("[data-phone]") || kept())) import("./phone.js").catch(() => null);
const frontend = document.querySelector("[data-module]") ? await import("./vendor/govuk-frontend.min.js").catch(() => null) : null;
if (frontend) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  frontend.initAll();
}
// What to look at before saving is read out first, as errors are; beside errors, those come first.
if (!document.querySelector(".govuk-error-summary")) document.querySelector("[data-look-first]")?.focus();
// On a phone the menu starts closed; without JavaScript it is open.
const menu = document.querySelector(".heard-nav__details");
if (menu && window.matchMedia("(max-width: 48em)").matches) menu.removeAttribute("open");
