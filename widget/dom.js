// Build elements. Text is set as text: no string is ever parsed as HTML, so Trusted Types has nothing to check.

export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const ARABIC_LETTERS = /[\u0620-\u064a\u066e-\u06d3]/g;
const LATIN_LETTERS = /[A-Za-z]/g;

/**
 * The direction and language of one paragraph, by the script most of its letters have. Plain dir="auto" looks at the first
 * letter alone, and so turns an Urdu sentence that begins with "FIR" the wrong way round; it stays where there are no letters.
 * The language picks the line height and the voice a screen reader uses.
 */
export function script(text) {
  const arabic = (text.match(ARABIC_LETTERS) || []).length;
  const latin = (text.match(LATIN_LETTERS) || []).length;
  if (arabic === 0 && latin === 0) return { dir: "auto" };
  return arabic > latin ? { dir: "rtl", lang: "ur" } : { dir: "ltr", lang: "en" };
}

/** One paragraph or list item. Each has its own direction, since one answer may mix English and Urdu. */
export function line(tag, text, attributes) {
  return el(tag, { ...script(text), ...attributes }, text);
}

/** The non-empty lines of a text, each an element of its own. */
export function lines(tag, text, attributes) {
  return text
    .split("\n")
    .filter((part) => part.trim() !== "")
    .map((part) => line(tag, part, attributes));
}

/** Tell whoever contains `source`. Composed, so that it also leaves the shadow root. */
export function tell(source, name, detail) {
  source.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
