// What an officer reads before the first question: what this does, what it does not, ways in, and questions to start with.
// A starter asks by the event `guidebook-ask`; the choice for a shared device tells `guidebook-shared`.

import { el, line, tell } from "./dom.js";
import { IDLE_MINUTES } from "./idle.js";
import { shortcuts } from "./shortcuts.js";

const STARTERS = ["starter_1", "starter_2", "starter_3", "starter_4"];

export function openingView(say, isShared) {
  const notices = ["notice_does", "notice_drafts", "notice_private", "notice_advice", "notice_translation"].map((key) => say(key));
  const view = el("section", { class: "opening", "aria-labelledby": "opening-title" });
  view.append(
    el("h2", { id: "opening-title" }, say("notice_title")),
    el("ul", {}, notices.filter(Boolean).map((text) => line("li", text))),
    el("div", { class: "button-row" }, shortcuts(say, view, "button")),
    sharedChoice(say, isShared, view),
  );
  return view;
}

function sharedChoice(say, isShared, view) {
  const box = el("input", { id: "shared-device", type: "checkbox", checked: isShared, "aria-describedby": "shared-why", change: () => tell(view, "guidebook-shared", box.checked) });
  return el(
    "div",
    { class: "shared-choice" },
    el("label", {}, box, el("span", {}, say("shared_device"))),
    el("p", { id: "shared-why", class: "hint" }, say("shared_device_why", { minutes: IDLE_MINUTES })),
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
