// The two ways in that need no typing: the first-hour card, whose start is sent as if typed (`guidebook-ask`), and the
// contents (`guidebook-contents`). The same buttons stand in the opening, in the header, and on a phone in the menu.

import { el, tell } from "./dom.js";

export function shortcuts(say, view, style) {
  return [
    el("button", { type: "button", class: style, click: () => tell(view, "guidebook-ask", say("card_start")) }, say("card_button")),
    el(
      "button",
      { type: "button", class: style, "aria-haspopup": "dialog", click: () => tell(view, "guidebook-contents") },
      say("contents"),
    ),
  ];
}
