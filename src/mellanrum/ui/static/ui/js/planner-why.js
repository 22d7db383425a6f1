/** One line to whoever has made a block short: what it is for. It waits to be dismissed and is in nobody's way. */

export function tellWhy(text) {
  const place = document.querySelector("[data-why]");
  if (!text) return;
  const note = document.querySelector("template[data-why-note]").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-text]").textContent = text;
  place.replaceChildren(note);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dismiss]");
  if (!button) return;
  event.preventDefault();
  button.closest("[data-why]").replaceChildren();
  document.querySelector("[data-list] [aria-current]")?.focus(); // where the person was
});
