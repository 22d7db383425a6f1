/** Tables that call: how many stands at the way to the room, and a new one is said. */

const known = { calling: null };

/** After a cell has changed. */
export function look() {
  const calling = [...document.querySelectorAll("[data-calling]")];
  const fresh = calling.filter((one) => known.calling && !known.calling.has(one.id));
  known.calling = new Set(calling.map((one) => one.id));
  for (const badge of document.querySelectorAll("[data-badge]")) badge.dataset.badge = calling.length;
  const live = document.querySelector("[data-calls-live]");
  if (live && fresh.length) live.textContent = fresh.flatMap((one) => [...one.querySelectorAll(".nr, .state")]).map((part) => part.textContent).join(" ");
}
