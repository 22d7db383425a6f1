/**
 * `[data-add-row="d.prompts"]`: a list being edited keeps an empty row at its end. Writing in the last one brings another, as long
 * as there are fewer than `data-most`. Without this a page shows a few spare rows at a time.
 */

const NAMED = ["name", "id"];
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** The row's name for ever, made here so that a form sent twice makes one row of it. */
const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => LETTERS[byte % 32]).join("");

/** The next number no field of this list has; chips beside the list count, too. */
function freeNumber(list) {
  const path = list.dataset.addRow;
  const fields = document.querySelectorAll(`[name^="${CSS.escape(path)}."]`);
  return 1 + Math.max(...[...fields].map((field) => Number.parseInt(field.name.slice(path.length + 1), 10) || 0));
}

function emptied(row, path, number, place) {
  const fresh = row.cloneNode(true);
  for (const gone of fresh.querySelectorAll(".err")) gone.remove();
  for (const field of fresh.querySelectorAll("input, textarea")) {
    for (const name of NAMED) {
      if (field.hasAttribute(name)) field.setAttribute(name, field.getAttribute(name).replace(/^(\D+\.)\d+/, () => `${path}.${number}`));
    }
    if (field.hasAttribute("aria-label")) field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+$/, place));
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    if (field.name.endsWith(".id")) field.value = newName();
    else if (field.type === "checkbox") field.checked = false;
    else if (field.type !== "hidden") field.value = field.matches(".at") ? place : "";
  }
  return fresh;
}

document.addEventListener("input", ({ target }) => {
  const list = target.closest("[data-add-row]");
  const row = target.closest("li");
  if (!list || row !== list.lastElementChild || target.matches(".at") || !target.value.trim()) return;
  const count = list.children.length;
  if (count < Number(list.dataset.most || 99)) list.append(emptied(row, list.dataset.addRow, freeNumber(list), count + 1));
});
