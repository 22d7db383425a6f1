/** When the blocks of a day begin and end, as pure functions: the twin of `insight/timing.py` for the moment before the server answers. */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const LONGEST = 600;
const WRITTEN = [
  /^(?<minutes>\d{1,4})\s*(?:m|min|minut|minuter|minute|minutes)?\.?$/i,
  /^(?<hours>\d{1,2})\s*(?:h|t|tim|timme|timmar|hour|hours)\.?(?:\s*(?:och|and)?\s*(?<minutes>\d{1,4})\s*(?:m|min|minut|minuter|minute|minutes)?\.?)?$/i,
  /^(?<hours>\d{1,2}):(?<minutes>[0-5]\d)$/,
];

/** Whole minutes; null for what is no length. */
export function readLength(text) {
  const written = text.trim();
  if (!written) return 0;
  const parts = WRITTEN.map((pattern) => pattern.exec(written)).find(Boolean)?.groups;
  if (!parts) return null;
  const minutes = Number(parts.hours ?? 0) * 60 + Number(parts.minutes ?? 0);
  return minutes <= LONGEST ? minutes : null;
}

/** `13:05` or `13.05` as minutes past midnight; null for what is no time of day. */
export function readClock(text) {
  const found = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(text.trim());
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/**
 * `rows` of a day, {length, fixed, when}, → [{offset, from, to, slack}]: `fixed` is an offset or null, `when` is before, meeting or
 * after, in that order. `from` and `to` are Unix milliseconds, or null without a start; `slack` is the air before the row, below
 * zero how much it clashes with what stands before it.
 */
export function placed(rows, start) {
  const offsets = offsetsOf(rows);
  const ends = rows.map((row, place) => offsets[place] + row.length);
  const over = Math.max(0, ...ends.filter((_end, place) => rows[place].when === "meeting"));
  return rows.map((row, place) => {
    const offset = offsets[place];
    const isFirstAfter = row.when === "after" && rows[place - 1]?.when !== "after";
    const ended = isFirstAfter ? over : place ? ends[place - 1] : row.when === "meeting" ? 0 : offset;
    const at = (minutes) => (start === null ? null : start + minutes * MINUTE);
    return { offset, from: at(offset), to: at(ends[place]), slack: offset - ended };
  });
}

function offsetsOf(rows) {
  const offsets = [];
  let at = 0;
  for (let place = rows.length - 1; place >= 0; place -= 1) {
    if (rows[place].when === "before") at = offsets[place] = rows[place].fixed ?? at - rows[place].length;
  }
  at = 0;
  let over = 0;
  let isOver = false;
  rows.forEach(({ when, fixed, length }, place) => {
    if (when === "before") return;
    if (when === "after" && !isOver) [at, isOver] = [over, true];
    offsets[place] = fixed ?? at;
    at = offsets[place] + length;
    if (when === "meeting") over = Math.max(over, at);
  });
  return offsets;
}

/** Minutes from `start` until the wall in `zone` shows `clock` (minutes past midnight): the next time, or the last for what comes before. */
export function fixedOffset(start, clock, zone, when) {
  const way = when === "before" ? -1 : 1;
  const day = Math.floor(wall(start, zone) / DAY) * DAY;
  const moments = [day, day + way * DAY].flatMap((at) => shown(at + clock * MINUTE, zone).sort((one, other) => way * (one - other)));
  return moments.map((moment) => Math.floor((moment - start) / MINUTE)).find((minutes) => way * minutes >= 0);
}

/** When a wall shows `at`: twice in the night that has that hour twice; an hour left out is read as the clock before it was moved. */
function shown(at, zone) {
  const found = [at - DAY, at + DAY].map((near) => at - (wall(near, zone) - near));
  const real = found.filter((moment) => wall(moment, zone) === at);
  return real.length ? [...new Set(real)] : [found[0]];
}

/** What the wall there shows, as if it were UTC. */
function wall(at, zone) {
  const parts = Object.fromEntries(format(zone).formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}

/** Minutes by kind, as percent of all: {kind: {minutes, at, size}} in the order of `kinds`. */
export function sharesOf(rows, kinds) {
  const all = rows.reduce((sum, row) => sum + row.length, 0);
  let at = 0;
  return Object.fromEntries(
    kinds.map((kind) => {
      const minutes = rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.length, 0);
      const share = { minutes, at, size: all ? (100 * minutes) / all : 0 };
      at += share.size;
      return [kind, share];
    }),
  );
}

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    const two = "2-digit";
    const parts = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two, hourCycle: "h23" };
    formats.set(zone, new Intl.DateTimeFormat("sv-SE", { timeZone: zone, ...parts }));
  }
  return formats.get(zone);
}

/** `13.05` on the wall of that zone. */
export function clock(at, zone) {
  return new Date(wall(at, zone)).toISOString().slice(11, 16).replace(":", ".");
}

/** How many midnights lie between the two on the wall of that zone. */
export function nights(from, to, zone) {
  return Math.floor(wall(to, zone) / DAY) - Math.floor(wall(from, zone) / DAY);
}
