/** What is open for days, once inside: the phone's place in it, with its queue. The page itself is the door. */

import { Place } from "./phone-place.js";
import { openStore } from "./store.js";

const { room } = document.body.dataset;

/** The ticket opens nothing any more: the page shows its door, and what waits here goes with the next ticket. */
const again = () => location.reload();

openStore().then((store) => new Place(room, store, again));
