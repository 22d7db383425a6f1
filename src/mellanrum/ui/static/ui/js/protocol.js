/** The room protocol as a client speaks it: join, state, contributions; all problems as `Problem`. */

const TIMEOUT_MS = 15_000;
// Cells come in the language of the page they are put into.
const language = document.documentElement.lang || "sv";

export class Problem extends Error {
  /** `status` 0 is no contact at all; `retryAfter` is in milliseconds, 0 when the server asked for nothing. */
  constructor(status, body = {}, retryAfter = 0) {
    super(body.detail || body.title || "");
    this.status = status;
    this.slug = String(body.type || "").split("/").pop();
    this.retryAfter = retryAfter;
  }

  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** 128 random bits as 22 characters. Not randomUUID: plain http on a local network does not have it. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function retryAfterOf(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

export async function problemOf(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // A proxy's own page: the status says enough.
  }
  return new Problem(response.status, body, retryAfterOf(response));
}

async function call(path, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`/api/v1/rooms/${path}`, { cache: "no-store", signal: stop.signal, ...options });
    if (response.status === 304) return { unchanged: true };
    if (!response.ok) throw await problemOf(response);
    return { data: await response.json(), etag: response.headers.get("ETag") };
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(0);
  } finally {
    clearTimeout(timer);
  }
}

function post(path, body, headers = {}) {
  const text = JSON.stringify(body);
  // A phone that is being locked still gets its last words out; browsers allow 64 kB of that.
  const keepalive = document.visibilityState === "hidden" && text.length < 20_000;
  return call(path, { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: text, keepalive });
}

/** `door` is {code} or {key}; `ticket` comes in as who has it. Gives {room_id, ticket, participant, protocol, now}, the ticket as cookie too. */
export async function join(door, ticket = null) {
  return (await post("join", { ...door, language }, ticket ? { Authorization: `Bearer ${ticket}` } : {})).data;
}

/** Gives {data, etag} or {unchanged: true} when `etag` is still right. `query` is for example {as: "html"}. */
export function state(room, query, etag = null) {
  return call(`${room}/state?${new URLSearchParams({ ...query, language })}`, etag ? { headers: { "If-None-Match": etag } } : {});
}

/** Send a list of contributions; gives the list of results in the same order. */
export async function contribute(room, audience, items) {
  return (await post(`${room}/contributions?audience=${audience}&language=${language}`, items)).data.results;
}

export function eventsUrl(room, audience) {
  return `/api/v1/rooms/${room}/events?as=html&audience=${audience}&language=${language}`;
}
