/** The tables this phone has sat at, over all meetings: only it knows, because nobody is the same participant in two rooms. */

const KEY = "mellanrum-seats";
const MOST = 24;

/** The latest last; empty where the browser keeps nothing. */
export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

export function remember(seat) {
  const seats = recall();
  if (seats.includes(seat)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([...seats, seat].slice(-MOST)));
  } catch {
    // Then the next table may be one's own again.
  }
}
