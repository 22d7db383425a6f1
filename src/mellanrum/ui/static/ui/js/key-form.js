/** A link with a secret: it stands after #, which no server sees, goes from there into the form and is sent once. */

function takeKey() {
  const form = document.querySelector("form[data-key-form]");
  const key = new URLSearchParams(location.hash.slice(1)).get(form?.dataset.keyForm);
  if (!form || !key) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  form.elements.key.value = key;
  form.requestSubmit();
}

takeKey();
addEventListener("hashchange", takeKey); // the link pasted into the address bar of this very page
