/** What of the queue may travel together: one room, one kind of answer, no more than a request can carry. */

const MOST_ITEMS = 100;
const MOST_BYTES = 200_000;

const sizeOf = (item) => new Blob([JSON.stringify(item)]).size;
// One request carries one of: acts of the crew, anonymous answers, named ones. The server could not keep them apart afterwards.
const laneOf = (row) => [row.room, row.audience, row.exercise === "stage" ? "stage" : row.anonymous ? "anonymous" : "named"].join(" ");

/** The queue's rows in lists that are sent apart, each in order. */
export function lanes(rows) {
  const found = new Map();
  for (const row of rows) found.set(laneOf(row), [...(found.get(laneOf(row)) || []), row]);
  return [...found.values()];
}

/** As many of the first rows as fit into a request, at least one. */
export function firstBatch(rows) {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += sizeOf(row.item);
    return index > 0 && (index >= MOST_ITEMS || bytes > MOST_BYTES);
  });
  return end < 0 ? rows : rows.slice(0, end);
}
