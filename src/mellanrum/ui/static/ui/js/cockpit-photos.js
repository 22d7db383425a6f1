/** Photos from the cockpit: chosen, made smaller, brought, and then an act like any other. */

import { bring, shrunk } from "./photos.js";

async function take(room, acts, input) {
  const { form } = input;
  const told = form.parentElement.querySelector("[data-photo-told]");
  const [file] = input.files;
  const { who, text } = Object.fromEntries(new FormData(form));
  told.textContent = input.dataset.wait;
  try {
    const picture = await bring(room, "crew", await shrunk(file));
    const caption = text.slice(0, 300);
    const isStored = await acts.act("photo", { picture, caption, who }, form.dataset.actExercise);
    told.textContent = isStored ? input.dataset.stored : "";
    if (isStored && form.text.value === text) form.text.value = "";
  } catch (problem) {
    told.textContent = problem.message || input.dataset.lost;
  }
  input.value = "";
}

/** What stands in the line when a photo is chosen becomes its caption. */
export function takePhotos(room, acts) {
  document.addEventListener("change", ({ target }) => {
    if ("photo" in target.dataset && target.form && target.files.length) take(room, acts, target);
  });
}
