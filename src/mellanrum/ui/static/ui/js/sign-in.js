/** The link of a mail or a terminal: its key stands after #, goes from there into the form and is sent once. */

const form = document.querySelector("form[data-key-form]");
const key = new URLSearchParams(location.hash.slice(1)).get("k");

if (form && key) {
  history.replaceState(history.state, "", location.pathname + location.search);
  form.elements.key.value = key;
  form.requestSubmit();
}
