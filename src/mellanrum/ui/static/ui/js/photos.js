/** A photo on its way: made smaller here, so that a crowded network carries less, then brought to the room. */

import { Problem, problemOf } from "./protocol.js";

const LONGEST = 2048;
const TIMEOUT_MS = 120_000;

/** The picture upright and no larger than the server keeps it; the file itself where this browser cannot draw it. */
export async function shrunk(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return drawn && drawn.size < file.size ? drawn : file;
  } catch {
    return file; // the server says in words what is wrong with it
  }
}

/** Gives the name that a contribution names it by. Raises Problem. */
export async function bring(room, audience, photo) {
  const language = document.documentElement.lang || "sv";
  const options = { method: "POST", body: photo, headers: { "Content-Type": "application/octet-stream" }, signal: AbortSignal.timeout(TIMEOUT_MS) };
  let answer;
  try {
    answer = await fetch(`/api/v1/rooms/${room}/pictures?audience=${audience}&language=${language}`, options);
  } catch {
    throw new Problem(0);
  }
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()).picture;
}
