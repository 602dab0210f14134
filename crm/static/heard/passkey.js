// A passkey needs a script: with one, its button stands where the words were; and what became of it is said beside it.
for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = !part.hidden;
document.addEventListener("allauth.error", (event) => {
  const said = document.querySelector("[data-passkey-said]");
  if (!said) return;
  const words = document.createElement("p");
  words.className = "govuk-error-message";
  words.textContent = said.dataset.passkeySaid;
  said.replaceChildren(words);
  // Whoever stops, or waits too long, made no mistake of ours; anything else stays in the console too.
  if (event.detail.exception?.name === "NotAllowedError") event.preventDefault();
});
