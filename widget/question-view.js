// What the officer asked, as it was sent, and what was masked in it and why.

import { el, lines } from "./dom.js";

export function questionView(turn, say, kindsOf) {
  const kinds = new Set([...kindsOf(turn.text), ...(turn.masked || [])]);
  for (const reply of turn.replies || []) for (const kind of reply.masked || []) kinds.add(kind);
  return el(
    "div",
    { class: "question" },
    el("h3", { class: "visually-hidden" }, say("you_asked")),
    el("div", { class: "question-words" }, lines("p", turn.text)),
    kinds.size > 0 ? maskNotice([...kinds], say) : null,
  );
}

export function kindWords(kinds, say) {
  return kinds.map((kind) => say.of("mask", kind)).join(say("list_comma"));
}

function maskNotice(kinds, say) {
  return el("p", { class: "mask-notice" }, say("masked", { kinds: kindWords(kinds, say) }), " ", say("masked_why"));
}
