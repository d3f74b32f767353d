// A document's blocks with the cited words marked. The words are found by their offsets (code points in the document's
// file), never by searching, so the mark is on the very words the answer used.

import * as codePoints from "./code-points.js";
import { el, script } from "./dom.js";

/** The blocks, and the text that was marked (lines joined as in the file), so that the caller can compare it. */
export function documentView(blocks, citation) {
  const marked = [];
  const view = el("div", { class: "document" }, blocks.map((block) => blockView(block, citation, marked)));
  return { view, marked: marked.join("\n") };
}

function blockView(block, citation, marked) {
  const isPlace = citation.quote === undefined;
  const cited = isPlace ? block.passage_id === citation.passage_id : citation.start < block.end && citation.end > block.start;
  return el(
    "section",
    { class: cited ? "block block-cited" : "block" },
    block.heading ? el("h3", script(block.heading), block.heading) : null,
    linesWithOffsets(block).map((part) => lineView(part, citation, marked)),
  );
}

/** Each line of a block with its own offsets in the file. */
function linesWithOffsets(block) {
  let start = block.start;
  return block.text.split("\n").map((text) => {
    const part = { text, start, end: start + codePoints.length(text) };
    start = part.end + 1;
    return part;
  });
}

function lineView({ text, start, end }, citation, marked) {
  const from = Math.max(citation.start, start);
  const to = Math.min(citation.end, end);
  const holdsWords = from < to;
  const isBlankInside = text === "" && citation.start <= start && start < citation.end;
  if (isBlankInside) marked.push("");
  if (text.trim() === "") return null;
  const attributes = { ...script(text), class: /^(\d+\.|-) /.test(text) ? "item" : null };
  if (!holdsWords) return el("p", attributes, text);
  const words = codePoints.slice(text, from - start, to - start);
  marked.push(words);
  return el(
    "p",
    attributes,
    codePoints.slice(text, 0, from - start),
    el("mark", {}, words),
    codePoints.slice(text, to - start, end - start),
  );
}
