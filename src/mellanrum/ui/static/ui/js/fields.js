/** Fields of exercises: a name says what it sends, `rate?item=a&subject=me#value`; own answers are put back the same way. */

export const isText = (field) => field.matches("textarea, input:not([type]), input[type=text], input[type=number], input[type=search]");

/** Gives {type, data, key}; key `counts[]` collects all fields of that name into a list. Null for names that send nothing. */
export function parseName(name) {
  const [head, key] = name.split("#");
  if (!key) return null;
  const [type, query] = head.split("?");
  return { type, data: Object.fromEntries(new URLSearchParams(query)), key };
}

function valueOf(field) {
  const text = field.type === "checkbox" && !field.checked ? "" : field.value;
  if (text === "" && "nullable" in field.dataset) return null;
  return "number" in field.dataset && /^-?\d+$/.test(text) ? Number(text) : text;
}

const namesakes = (field) => [...field.form.elements].filter((other) => other.name === field.name);

/** What a field sends now: {type, data}. */
export function contributionOf(field) {
  const { type, data, key } = parseName(field.name);
  if (key.endsWith("[]")) return { type, data: { ...data, [key.slice(0, -2)]: namesakes(field).map(valueOf) } };
  return { type, data: { ...data, [key]: valueOf(field) } };
}

function isAbout(parsed, item) {
  return item.type === parsed.type && Object.entries(parsed.data).every(([key, value]) => String(item.data[key]) === value);
}

function put(field, value) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = String(value ?? "") === field.value;
  else if (field !== document.activeElement) field.value = value ?? "";
}

/** Put one own answer into the fields it is about. */
export function fill(form, item) {
  for (const field of form.elements) {
    const parsed = field.name ? parseName(field.name) : null;
    if (!parsed || !isAbout(parsed, item)) continue;
    if (!parsed.key.endsWith("[]")) put(field, item.data[parsed.key]);
    else put(field, item.data[parsed.key.slice(0, -2)]?.[namesakes(field).indexOf(field)]);
  }
}

/** Every choice is made and nobody writes in it. */
export function isComplete(form) {
  const asked = [...form.elements].filter((field) => field.type === "radio" || field.matches("select"));
  const answered = new Set(asked.filter((field) => (field.type === "radio" ? field.checked : field.value)).map((field) => field.name));
  return asked.every((field) => answered.has(field.name)) && !(document.activeElement?.form === form && isText(document.activeElement));
}
