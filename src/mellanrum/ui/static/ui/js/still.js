/** What somebody is about to press stays under the thumb: news above it moves the scroll, not the form. */

const ACTIVE_MS = 5000;
const GAP_PX = 8;

const known = { touchedAt: -Infinity };
for (const name of ["pointerdown", "keydown", "input"]) {
  addEventListener(name, () => (known.touchedAt = performance.now()), { capture: true, passive: true });
}

const writing = () => document.activeElement?.closest(".ph-main form :is(textarea, input:not([type=radio], [type=checkbox]))");

/** Low screens scroll the whole page. */
const scrollerOf = (main) => (getComputedStyle(main).overflowY === "visible" ? document.scrollingElement : main);

/** The field being written in is never covered by what lies on top. */
function uncover(scroller) {
  const field = writing();
  const over = document.querySelector(".ph-main > .notices");
  if (!field || !over) return;
  const label = field.labels?.[0] ?? field;
  const covered = over.getBoundingClientRect().bottom + GAP_PX - Math.min(label.getBoundingClientRect().top, field.getBoundingClientRect().top);
  if (covered > 0 && over.firstElementChild) scroller.scrollTop -= covered;
}

/** Make a change of the page. While somebody fills a form on a phone, the form stays where it is on the screen. */
export function still(change) {
  const main = document.querySelector(".ph-main");
  const anchor = writing()?.form ?? main?.querySelector("[data-cell^=exercise]:not(:empty)");
  const isActive = performance.now() - known.touchedAt < ACTIVE_MS || writing();
  if (!anchor || !isActive) return change();
  const before = anchor.getBoundingClientRect().top;
  const result = change();
  if (!anchor.isConnected) return result;
  const scroller = scrollerOf(main);
  scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  uncover(scroller);
  return result;
}
