/** A field to take with you: a touch selects all of it, and `[data-copy="id"]` copies it. Without script it is a field to select from. */

function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select(); // without https there is no clipboard to write to; the old way works there
  const done = () => button.replaceChildren(button.dataset.done);
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, () => {});
  else if (document.execCommand("copy")) done();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.closest("[data-needs-script]").hidden = false;
  button.addEventListener("click", () => copy(button));
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
}
