/** When the blocks of a day begin and end, as pure functions: the twin of `insight/timing.py` for the moment before the server answers. */

const MINUTE = 60_000;
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

/** `lengths` in minutes → [{offset, from, to}], the last two in Unix milliseconds, or null without a start. */
export function timesOf(lengths, start) {
  let offset = 0;
  return lengths.map((length) => {
    const from = start === null ? null : start + offset * MINUTE;
    const time = { offset, from, to: from === null ? null : from + length * MINUTE };
    offset += length;
    return time;
  });
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

/** `13.05` on the wall of that zone. */
export function clock(at, zone) {
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat("sv-SE", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
  return formats.get(zone).format(at).replace(":", ".");
}
