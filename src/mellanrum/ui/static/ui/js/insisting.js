/** Sends one act until the server has answered, within the few seconds in which it still means what it meant when it was pressed. */

import { Problem, problemOf } from "./protocol.js";

const WITHIN_MS = 8000;
const language = document.documentElement.lang || "sv";
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function send(room, item, within) {
  const body = JSON.stringify([item]);
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body, cache: "no-store", signal: AbortSignal.timeout(within) };
  let response;
  try {
    response = await fetch(`/api/v1/rooms/${room}/contributions?audience=crew&language=${language}`, options);
    if (response.ok) return (await response.json()).results[0];
  } catch {
    throw new Problem(0); // no contact, or no answer in time
  }
  throw await problemOf(response);
}

/** The result. Raises Problem; after that the act is not sent again: with contact back it would come to another moment. */
export async function insist(room, item) {
  const end = performance.now() + WITHIN_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(room, item, Math.max(1, end - performance.now()));
    } catch (problem) {
      const wait = problem.retryAfter || 500 * attempt;
      if (!problem.isTemporary || performance.now() + wait >= end) throw problem;
      await pause(wait);
    }
  }
}
