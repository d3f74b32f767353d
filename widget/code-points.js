// Offsets in the corpus count code points; JavaScript strings count UTF-16 units. They differ after the first
// character outside the basic plane, so every offset passes through here.

/** How many code points a string holds. */
export function length(text) {
  let count = 0;
  for (const character of text) count += character ? 1 : 0;
  return count;
}

/** The part of `text` from code point `start` up to, not including, code point `end`. */
export function slice(text, start, end) {
  return text.slice(unitOffset(text, start), unitOffset(text, end));
}

/** The UTF-16 offset of a code point; the end of the text when the text is shorter. */
export function unitOffset(text, codePoint) {
  let units = 0;
  let seen = 0;
  for (const character of text) {
    if (seen >= codePoint) break;
    units += character.length;
    seen += 1;
  }
  return units;
}
