/** Who has the room: whoever looks is marked in the list, and told in one line when it is handed to them or taken from them. */

import * as notices from "./notices.js";

const known = { leads: null };
const me = document.body.dataset.me;

/** After a cell has changed. */
export function look() {
  for (const one of document.querySelectorAll("[data-crew]")) one.toggleAttribute("data-mine", one.dataset.crew === me);
  const { leads, leader, ledBy } = document.querySelector("[data-leads]")?.dataset ?? {};
  if (leads === undefined) return;
  const before = known.leads;
  known.leads = leads;
  if (before !== leads) document.querySelector("[data-leads]").open = false;
  if (before === null || before === leads || ledBy === me) return;
  notices.hide("led");
  notices.hide("leads");
  if (leads === me) notices.show("leads");
  else if (before === me && leads) notices.show("led", { text: leader });
}
