/** A phone in the gallery: one step at a time, as in the room; nothing is sent. */

import { begin } from "./steps.js";

// `?step=2` begins at the third, so that any step can be looked at.
const step = new URLSearchParams(location.search).get("step");
if (step) for (const steps of document.querySelectorAll("[data-steps]")) steps.dataset.stepAt = step;
// A phone stands at one door at a time.
const shown = document.querySelector("[data-show-door]")?.dataset.showDoor;
if (shown) for (const door of document.querySelectorAll("[data-door]")) door.hidden = door.dataset.door !== shown;
begin(document);
document.addEventListener("submit", (event) => event.preventDefault());
