/** A phone in the gallery: one step at a time, as in the room; nothing is sent. */

import { begin } from "./steps.js";

// `?step=2` begins at the third, so that any step can be looked at.
const step = new URLSearchParams(location.search).get("step");
if (step) for (const steps of document.querySelectorAll("[data-steps]")) steps.dataset.stepAt = step;
begin(document);
document.addEventListener("submit", (event) => event.preventDefault());
