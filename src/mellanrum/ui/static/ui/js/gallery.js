/** The gallery: a frame is as tall as the page in it, as far as that is sensible. Without script they scroll. */

const TALLEST = 640; // a specimen may be taller: there all states are to be seen

function fit(frame) {
  const page = frame.contentDocument?.documentElement;
  if (!page || getComputedStyle(frame).getPropertyValue("--fits").trim() !== "content") return;
  frame.style.blockSize = "0";
  frame.style.blockSize = `${Math.min(frame.closest(".specimen") ? Infinity : TALLEST, page.scrollHeight + 2)}px`;
}

for (const frame of document.querySelectorAll("iframe[data-fit]")) {
  frame.addEventListener("load", () => fit(frame));
  if (frame.contentDocument?.readyState === "complete") fit(frame);
}
