/** What of the queue may travel together: one room, one kind of answer, no more than a request can carry. */

const MOST_ITEMS = 100;
const MOST_BYTES = 200_000;

const sizeOf = (item) => new Blob([JSON.stringify(item)]).size;
// One request carries one of: acts of the crew, named answers, those to one anonymous exercise. Arriving together would join them.
const companyOf = (row) => (row.exercise === "stage" ? "stage" : row.anonymous ? `anonymous ${row.exercise}` : "named");
const laneOf = (row) => [row.room, row.audience, companyOf(row)].join(" ");

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
