// The Urdu typeface. Declared from script, since a shadow root's style sheet cannot declare one; the browser fetches it
// only when an Arabic letter is set in it, so a page in English does not pay for it.

const FAMILY = "Noto Nastaliq Urdu";
const ARABIC = "U+0600-06FF, U+0750-077F, U+0870-088E, U+0890-0891, U+0898-08E1, U+08E3-08FF, U+200C-200E, U+FB50-FDFF, U+FE70-FEFC";

export function declareUrduFont() {
  if ([...document.fonts].some((face) => face.family.includes(FAMILY))) return;
  const url = new URL("fonts/noto-nastaliq-urdu-400.woff2", import.meta.url);
  document.fonts.add(new FontFace(FAMILY, `url("${url}") format("woff2")`, { unicodeRange: ARABIC, display: "swap" }));
}
