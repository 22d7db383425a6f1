/** The cockpit of a rehearsal: its time moves without leaving the page; what comes of it arrives with the stream. */

const told = document.querySelector("[data-rehearsal-told]");

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  // A redirect that is not followed has no status: it is the way back here, and we are here.
  told.textContent = answer?.type === "opaqueredirect" || answer?.ok ? "" : told.dataset.failed;
}

for (const form of document.querySelectorAll("form[data-rehearsal]")) {
  form.addEventListener("submit", (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    send(form, event.submitter);
  });
}
