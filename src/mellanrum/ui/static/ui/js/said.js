/** Where the room is, for those who listen: `[data-said]` says a new heading, a new step or a message to all, once, when it comes. */

const SETTLED_MS = 400; // stage and exercise come one after the other
const WHAT = ["[data-message]", "h1", ".phases [aria-current=step]"];

// Hidden headings count: reading on within a form is no change of place.
const look = () => WHAT.map((one) => document.querySelector(`[data-cell] ${one}`)?.textContent.trim());
const heading = (root) => [...root.querySelectorAll("h1, h2")].find((one) => one.offsetParent);

let [known, timer] = [look()]; // what was there when the page came is read with it

/** The focus goes to the heading there, when what had it is gone or the person has gone on. */
export function arrive(root = document.getElementById("main")) {
  const to = heading(root);
  if (to) to.tabIndex = -1;
  to?.focus({ preventScroll: true });
}

function say() {
  const now = look();
  const read = document.activeElement.textContent.trim(); // is heard with the focus
  const said = now.filter((text, index) => text && text !== known[index] && text !== read);
  known = now;
  const live = document.querySelector("[data-said]");
  if (live && said.length) live.textContent = said.join(" – ");
}

export function tell() {
  clearTimeout(timer);
  timer = setTimeout(say, SETTLED_MS);
}
