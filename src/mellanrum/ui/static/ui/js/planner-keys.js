/** Names a browser makes: of a new block, and of a change, so that either sent twice is one. */

const hex = (count) => [...crypto.getRandomValues(new Uint8Array(count))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const newKey = () => `block-${hex(5)}`;
export const newChange = () => hex(16);
