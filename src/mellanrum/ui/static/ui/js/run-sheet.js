/**
 * The run sheet while time passes: `[data-at]` times come from `[data-run-sheet]`'s `data-here-ends`, and move on with the block that
 * goes over its time or rests, or with the waiting. The current row stays in sight.
 */

import { now } from "./clock-sync.js";
import { wall } from "./timers.js";

const MINUTE_MS = 60_000;
const REHEARSAL_MS = 3 * 60 * MINUTE_MS; // so far from its time nobody waits for it: it is rehearsed
const shown = { step: null };

/** How much later than the server reckoned the current block ends; before the start, how long one has waited beyond it. */
export function delay() {
  const sheet = document.querySelector("[data-run-sheet]");
  if (sheet?.dataset.hereEnds === undefined) return 0;
  const { endsAt, leftMs } = sheet.querySelector("[data-clock=ends]")?.dataset ?? {};
  const ends = leftMs === undefined ? Math.max(Number(endsAt ?? 0), now()) : now() + Number(leftMs);
  const late = Math.max(0, ends - Number(sheet.dataset.hereEnds));
  return sheet.querySelector("[aria-current]") || late <= REHEARSAL_MS ? late : 0;
}

// What a pause before a fixed time takes up moves nothing behind it.
const moved = ({ slack = 0 }, late) => Math.max(0, late - Number(slack));

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function drift(element, late) {
  const { drift: ends, planned, late: after, early: before } = element.dataset;
  const minutes = Math.round((Number(ends) + moved(element.dataset, late) - Number(planned)) / MINUTE_MS);
  write(element, minutes ? (minutes > 0 ? after : before).replace("{n}", Math.abs(minutes)) : "");
}

/** Once a second, in the server's time. */
export function move() {
  const late = delay();
  const zone = document.querySelector("[data-clock=wall]")?.dataset.zone;
  for (const element of document.querySelectorAll("#stage [data-at][data-slack]")) write(element, wall(zone, Number(element.dataset.at) + moved(element.dataset, late)));
  for (const element of document.querySelectorAll("#stage [data-drift]")) drift(element, late);
}

/** The row that has become the current one comes into view inside its list; the page itself stays. */
export function follow() {
  const row = document.querySelector("[data-run-sheet] > [aria-current]");
  const step = row?.textContent && [...row.parentElement.children].indexOf(row);
  if (!row || step === shown.step) return;
  shown.step = step;
  const list = row.closest(".rs");
  const above = row.offsetTop - (list.clientHeight - row.offsetHeight) / 3;
  list.scrollTo({ top: Math.max(0, above) });
}
