/** What the cockpit says when its own network goes and comes: nothing pressed meanwhile comes later, and where the room is by now. */

import * as notices from "./notices.js";

const SETTLED_MS = 20_000; // the cells come right after the contact
const known = { left: null, timer: 0 };
const here = () => document.querySelector("[data-now]")?.dataset.now;

export function lost() {
  clearTimeout(known.timer);
  known.left ??= here();
  notices.hide("went");
  notices.show("lost");
}

export function back() {
  notices.hide("lost");
  known.timer = setTimeout(() => (known.left = null), SETTLED_MS);
  look();
}

/** After a cell has changed. */
export function look() {
  if (known.left === null || notices.isShown("lost") || here() === known.left) return;
  known.left = null;
  notices.show("went", { text: document.querySelector("#now-h")?.textContent });
}

/** An act that got no answer is not sent again. */
export function unsent() {
  notices.show("unsent");
}
