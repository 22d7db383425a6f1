/** The server's time, from the beats: the smallest difference of the last eight is the one with the least delay in it. */

const KEPT = 8;
const samples = [];

// Monotonic: a person who sets the phone's clock does not move the meeting's.
const local = () => performance.timeOrigin + performance.now();

/** A time the server wrote, just received. */
export function heard(serverNow) {
  if (!Number.isFinite(serverNow)) return;
  samples.push(local() - serverNow);
  if (samples.length > KEPT) samples.shift();
}

/** Unix milliseconds on the server's clock; the device's own before the first beat. */
export function now() {
  return Math.round(samples.length ? local() - Math.min(...samples) : Date.now());
}
