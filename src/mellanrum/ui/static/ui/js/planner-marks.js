/** What a row and the day are told of their times, as pure functions: the twin of `programmes/planner_marks.py`. */

import { nights, readLength } from "./planner-timing.js";

const DAY_MINUTES = 1440;
const MINUTE = 60_000;

/** `1 h 20 min`. */
function hours(minutes) {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [whole && `${whole} h`, (rest || !whole) && `${rest} min`].filter(Boolean).join(" ");
}

/** [{between, look}] for the rows: what lies before each, and what there is to know of its own times; empty where all is well. */
export function rowLooks(rows, times, { start, zone, words }) {
  const said = (word, minutes) => words[word].replace("{n}", hours(minutes));
  return rows.map(({ length, fixed, least, most }, place) => {
    const { slack, from } = times[place];
    const isBoth = Boolean(fixed && rows[place - 1]?.fixed);
    const [low, high] = [readLength(String(least)), readLength(String(most))]; // 0 where nobody has said
    const look = [
      fixed && words.always.replace("{time}", fixed.replace(":", ".")),
      fixed && start !== null && nights(start, from, zone) > 0 && words.nextDay,
      low && length < low && said("short", low),
      high && length > high && said("long", high),
    ].filter(Boolean).join(" · ");
    const between = slack < 0 ? said(isBoth ? "clashFixed" : "clash", -slack) : slack > 0 ? said("gap", slack) : "";
    return { between, look };
  });
}

/** What is odd about the whole day. */
export function dayLook(rows, { start, end, zone, words }) {
  if (start === null) return rows.some(({ fixed }) => fixed) ? words.unplaced : "";
  if (end - start > DAY_MINUTES * MINUTE) return words.long;
  return nights(start, end, zone) > 0 ? words.midnight : "";
}
