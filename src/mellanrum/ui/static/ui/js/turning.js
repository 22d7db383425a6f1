/** Prompts of which one shows: `[data-turning]` with `data-first`, `data-since` and `data-every-ms`; the next one comes by the server's time. */

import { now } from "./clock-sync.js";

function turn(list) {
  const { first, since, everyMs } = list.dataset;
  const prompts = [...list.children];
  const turns = Math.max(0, Math.floor((now() - Number(since)) / Number(everyMs)));
  const place = (Number(first) + turns) % prompts.length;
  prompts.forEach((prompt, index) => {
    if (prompt.hidden !== (index !== place)) prompt.hidden = index !== place;
  });
}

export function turnAll() {
  document.querySelectorAll("[data-turning]").forEach(turn);
}
