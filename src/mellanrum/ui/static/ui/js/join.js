/** The join code while it is typed: digits in two groups of four, as it stands on the projector. */

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-code-field]")) return;
  const isAtEnd = target.selectionStart === target.value.length;
  const digits = target.value.replace(/\D/g, "").slice(0, 8);
  if (isAtEnd) target.value = digits.length > 4 ? `${digits.slice(0, 4)} ${digits.slice(4)}` : digits;
});
