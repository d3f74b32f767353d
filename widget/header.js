// The top of the page: name, language, menu, and the emergency numbers. It asks by events: `guidebook-language`,
// `guidebook-province`, `guidebook-print`, `guidebook-clear`, and those of the shortcuts.

import { el, tell } from "./dom.js";
import { shortcuts } from "./shortcuts.js";

const PROVINCES = ["kp", "punjab", "sindh", "balochistan", "ict", "gb", "ajk", "pakistan"];

export function headerView(say, { province, otherLanguage }) {
  const view = el("header", { class: "header" });
  const choose = (name) => () => tell(view, name);
  view.append(
    el(
      "div",
      { class: "brand-row" },
      el("h1", { class: "brand" }, say("product")),
      el("div", { class: "shortcuts wide-only" }, shortcuts(say, view, "bar-button")),
      el(
        "button",
        { type: "button", class: "bar-button language", lang: otherLanguage, click: () => tell(view, "guidebook-language", otherLanguage) },
        say("other_language"),
      ),
      el(
        "details",
        { class: "menu", keydown: closeOnEscape, focusout: closeOnLeaving },
        el("summary", { class: "bar-button" }, say("menu")),
        el(
          "div",
          { class: "menu-sheet", tabindex: "-1" },
          el("div", { class: "shortcuts narrow-only" }, shortcuts(say, view, "button button-quiet")),
          provinceField(say, province, view),
          el("button", { type: "button", class: "button button-quiet", click: choose("guidebook-print") }, say("print")),
          el("button", { type: "button", class: "button button-warning", click: choose("guidebook-clear") }, say("clear")),
        ),
      ),
    ),
    emergencyView(say),
    el("p", { class: "print-only printed-on" }),
  );
  return view;
}

function provinceField(say, chosen, view) {
  const select = el(
    "select",
    { id: "province", change: () => tell(view, "guidebook-province", select.value) },
    PROVINCES.map((name) => el("option", { value: name, selected: name === chosen }, say.of("jurisdiction", name))),
  );
  return el("div", { class: "province" }, el("label", { for: "province" }, say("province")), select);
}

/** The numbers are part of the page, not of an answer: they work while everything else is down. */
function emergencyView(say) {
  return el(
    "nav",
    { class: "emergency", "aria-label": say("emergency_label") },
    el("p", {}, el("strong", {}, say("emergency_prompt")), " ", el("small", {}, say("not_test_dialled"))),
    el("a", { class: "call call-now", href: "tel:15" }, say("emergency_police")),
    el("a", { class: "call call-now", href: "tel:1122" }, say("emergency_rescue")),
  );
}

/** The sheet can take the focus itself, so that a tap between its fields does not count as leaving. */
function closeOnLeaving(event) {
  if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}

function closeOnEscape(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary").focus();
}
