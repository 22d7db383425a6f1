/** The crew's page of what is open for days: hiding and the exercise's own acts; the page is drawn anew when the room has taken one. */

import { Acts } from "./acts.js";
import { asksWhy } from "./hiding.js";
import * as notices from "./notices.js";

class Drawn extends Acts {
  async act(...given) {
    const isStored = await super.act(...given);
    if (isStored) location.reload();
    return isStored;
  }
}

function refuse(detail) {
  notices.show("refused", { n: 1, detail }, { dismiss: () => {} });
}

const acts = new Drawn(document.body.querySelector("[data-room]").dataset.room, {
  done: () => {},
  refused: refuse,
  lost: (problem) => (problem.message ? refuse(problem.message) : notices.show("lost")),
  asks: (button) => asksWhy(button, (data) => acts.act("hide", data)),
});
