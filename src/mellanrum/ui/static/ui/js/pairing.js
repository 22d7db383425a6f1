/** A projector without a room: shows a code, asks until the crew has confirmed it, and goes there. */

const ASK_MS = 2000;
const REST_MS = 5000;
const TIMEOUT_MS = 10_000;
const PLACE = "/api/v1/projectors";

const shown = document.querySelector("[data-pairing-code]");
const lost = document.querySelector("[data-lost]");
const language = document.documentElement.lang || "sv";
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/** The answer, or null when there was none to be had; what went wrong by itself may be asked again. */
async function call(path, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(PLACE + path, { cache: "no-store", signal: stop.signal, ...options });
    const data = response.ok ? await response.json() : {};
    lost.hidden = true;
    return { status: response.status, data, wait: Number(response.headers.get("Retry-After")) * 1000 || REST_MS };
  } catch {
    lost.hidden = false;
    return { status: 0, data: {}, wait: REST_MS };
  } finally {
    clearTimeout(timer);
  }
}

async function newCode() {
  for (;;) {
    const body = JSON.stringify({ language });
    const { status, data, wait } = await call("", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (status === 200) return data;
    await rest(wait);
  }
}

/** The room that the crew chose; null when the code's time is over. */
async function confirmed(secret) {
  for (;;) {
    await rest(ASK_MS);
    const { status, data } = await call("/me", { headers: { Authorization: `Bearer ${secret}` } });
    if (data.room_id) return data.room_id;
    if (status === 404) return null;
  }
}

async function pair() {
  for (;;) {
    const { pairing, code } = await newCode();
    shown.removeAttribute("aria-label");
    shown.textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
    const room = await confirmed(pairing);
    if (room) return location.replace(`/rooms/${room}/screen`);
  }
}

pair();
