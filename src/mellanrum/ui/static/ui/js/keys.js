/**
 * Single keys and clickers press the control that carries them: `[data-key]`, `[data-clicker]`. `?` lists those that are there now.
 *
 * A control with `data-to` only leads to what it names (`data-place`: in which of the four places that stands). Letters can be turned
 * off, for whoever speaks to the computer; a clicker's keys are no letters and go on.
 */

const TYPING = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]";
const OFF = "cockpit-keys-off";

const areOff = () => localStorage.getItem(OFF) === "yes";

/** What can be pressed now, the first of those that share a key. */
function controls(kind) {
  const found = new Map();
  for (const one of document.querySelectorAll(`[data-${kind}]:not(:disabled)`)) {
    if (!found.has(one.dataset[kind])) found.set(one.dataset[kind], one);
  }
  return found;
}

function controlFor(key) {
  return controls("clicker").get(key) ?? (areOff() ? undefined : controls("key").get(key.toLowerCase()));
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const control = controlFor(event.key);
  if (!control) return;
  event.preventDefault();
  control.click();
}

/** Its name as it stands on the control, without the printed key. */
function nameOf(control) {
  const label = control.getAttribute("aria-label");
  if (label) return label;
  const copy = control.cloneNode(true);
  for (const kbd of copy.querySelectorAll("kbd")) kbd.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function rowsIn(dialog) {
  const row = dialog.querySelector("template").content.firstElementChild;
  const both = [...controls("key"), ...controls("clicker")];
  return both.map(([key, control]) => {
    const made = row.cloneNode(true);
    made.querySelector("kbd").textContent = key.length === 1 ? key.toUpperCase() : key;
    made.querySelector("span").textContent = nameOf(control);
    return made;
  });
}

function list() {
  const dialog = document.querySelector("template[data-keys]").content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-keys-list]").replaceChildren(...rowsIn(dialog));
  const letters = dialog.querySelector("[data-keys-on]");
  letters.checked = !areOff();
  letters.addEventListener("change", () => localStorage.setItem(OFF, letters.checked ? "no" : "yes"));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function lead(link) {
  const place = document.querySelector(`[name=place][value="${link.dataset.place}"]`);
  if (place) place.checked = true;
  const drawer = document.querySelector(`[data-drawer][aria-controls="${link.dataset.place}"]`);
  if (drawer) drawer.setAttribute("aria-expanded", "true");
  const to = document.querySelector(link.dataset.to);
  if (!to) return;
  if (!to.matches("input, button, a")) to.tabIndex = -1;
  to.focus();
}

export function watch() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (event.target.closest("[data-keys-open]")) list();
    if (!link) return;
    event.preventDefault();
    lead(link);
  });
}
