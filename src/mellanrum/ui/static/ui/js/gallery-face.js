/** A phone in the gallery: one step at a time, as in the room; nothing is sent. */

import { begin } from "./steps.js";

begin(document);
document.addEventListener("submit", (event) => event.preventDefault());
