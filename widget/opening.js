// What an officer reads before the first question: what this does, what it does not, and questions to start with.
// A starter asks by the event `guidebook-ask`.

import { el, line, tell } from "./dom.js";

const STARTERS = ["starter_1", "starter_2", "starter_3", "starter_4"];

export function openingView(say) {
  const notices = ["notice_does", "notice_drafts", "notice_private", "notice_advice", "notice_translation"].map((key) => say(key));
  return el(
    "section",
    { class: "opening", "aria-labelledby": "opening-title" },
    el("h2", { id: "opening-title" }, say("notice_title")),
    el("ul", {}, notices.filter(Boolean).map((text) => line("li", text))),
  );
}

export function startersView(say) {
  const view = el("section", { class: "starters", "aria-labelledby": "starters-title" });
  view.append(
    el("h2", { id: "starters-title" }, say("starters_title")),
    el("ul", { class: "suggestions" }, STARTERS.map((key) => el("li", {}, starter(say(key), view)))),
  );
  return view;
}

function starter(text, view) {
  return line("button", text, { type: "button", class: "suggestion", click: () => tell(view, "guidebook-ask", text) });
}
