/** Tables that call: how many stands at the way to the room, and a new one is said. */

const known = { calling: null };

/** After a cell has changed. */
export function look() {
  const calling = [...document.querySelectorAll("[data-calling]")];
  const fresh = calling.filter((one) => known.calling && !known.calling.has(one.id));
  known.calling = new Set(calling.map((one) => one.id));
  const badge = document.querySelector("[data-badge]");
  if (badge && badge.dataset.badge !== String(calling.length)) badge.dataset.badge = calling.length;
  const live = document.querySelector("[data-calls-live]");
  if (live && fresh.length) live.textContent = fresh.map((one) => one.querySelectorAll(".nr, .state")).flatMap((two) => [...two]).map((one) => one.textContent).join(" ");
}
