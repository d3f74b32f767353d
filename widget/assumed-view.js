// What an answer rests on that was not said, as chips. A chip whose contrary the bot understands can be taken away: the
// contrary is then asked, as if typed. By events: `guidebook-ask` (words) and `guidebook-everywhere` (the turn: its
// question again, for no one province).

import { el, line, tell } from "./dom.js";

export function assumedView(reply, turn, say, view) {
  if (!reply.assumed || reply.assumed.length === 0) return null;
  return el(
    "div",
    { class: "assumed" },
    el("span", {}, `${say("assumed")}:`),
    el("ul", { class: "choices" }, reply.assumed.map((fact) => el("li", { class: "fact" }, line("span", fact.label), removal(fact, turn, say, view)))),
  );
}

function removal(fact, turn, say, view) {
  if (fact.facet === "province") {
    if (fact.value === "pakistan") return null;
    return cross(say("assumed_everywhere"), () => tell(view, "guidebook-everywhere", turn));
  }
  const contrary = say.of("contrary", `${fact.facet}_${fact.value}`, null);
  return contrary ? cross(say("assumed_contrary", { words: contrary }), () => tell(view, "guidebook-ask", contrary)) : null;
}

function cross(name, act) {
  return el("button", { type: "button", class: "fact-remove", title: name, "aria-label": name, click: act }, el("span", { "aria-hidden": "true" }, "\u00d7"));
}
