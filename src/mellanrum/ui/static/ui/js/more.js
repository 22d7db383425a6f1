/** Boxes that scroll say in words when there is more below; a new step is read from its top. */

const BOXES = ".script, .flow, .done-acts";
const LITTLE_PX = 20; // less than a line is not worth a word
const known = { step: null };

function tell(box) {
  const rest = box.scrollHeight - box.clientHeight - box.scrollTop;
  const isBelow = getComputedStyle(box).overflowY === "auto" && rest > LITTLE_PX;
  if (isBelow === ("below" in box.dataset)) return;
  if (isBelow) box.dataset.below = document.body.dataset.more ?? "";
  else delete box.dataset.below;
}

/** After a cell has changed. */
export function look() {
  const script = document.querySelector("[data-now].script");
  if (script && script.dataset.now !== known.step) script.scrollTop = 0;
  known.step = script?.dataset.now;
  for (const box of document.querySelectorAll(BOXES)) tell(box);
}

export function watch() {
  addEventListener("resize", look);
  document.addEventListener("scroll", (event) => event.target.matches?.(BOXES) && tell(event.target), { capture: true, passive: true });
  look();
}
