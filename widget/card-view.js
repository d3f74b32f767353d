// The first-hour card: what was said of the case, and the steps as a list to tick off. Ticks live in this tab alone, under
// the turn they belong to, and go with the conversation. On paper it is one page. It asks by the events
// `guidebook-source` (a citation) and `guidebook-ticks` (the turn's id and the numbers that are ticked).

import { el, line, tell } from "./dom.js";

export function cardView(reply, turn, say, view, ticks) {
  const { card, citations } = reply;
  const done = new Set(ticks);
  const progress = el("p", { class: "card-progress" });
  const count = () => {
    progress.textContent = say("card_progress", { done: done.size, all: card.steps.length });
  };
  const tick = (at, isDone) => {
    if (isDone) done.add(at);
    else done.delete(at);
    count();
    tell(view, "guidebook-ticks", { id: turn.id, ticks: [...done] });
  };
  count();
  return el(
    "div",
    { class: "card", "aria-live": "off" },
    line("h4", card.title, { class: "card-title" }),
    factsView(card.facts, say),
    progress,
    phasesOf(card.steps).map(({ phase, steps }) => [
      el("h4", { class: "phase" }, say.of("phase", phase)),
      el("ol", { class: "card-steps", start: steps[0].at + 1 }, steps.map(({ step, at }) => stepView(step, at, { citations, done, tick, say, view }))),
    ]),
    el("p", { class: "hint screen-only" }, say("card_ticks")),
  );
}

/** Steps in their order, a new heading wherever the phase changes. Each keeps its number on the whole card. */
function phasesOf(steps) {
  const phases = [];
  steps.forEach((step, at) => {
    if (phases.length === 0 || phases[phases.length - 1].phase !== step.phase) phases.push({ phase: step.phase, steps: [] });
    phases[phases.length - 1].steps.push({ step, at });
  });
  return phases;
}

function factsView(facts, say) {
  if (!facts || facts.length === 0) return null;
  const rows = facts.map((fact) => el("div", {}, line("dt", fact.label), line("dd", fact.value)));
  return el("div", { class: "card-facts" }, el("p", { class: "part-heading" }, say("card_facts")), el("dl", {}, rows));
}

function stepView(step, at, { citations, done, tick, say, view }) {
  const box = el("input", { type: "checkbox", checked: done.has(at), change: () => tick(at, box.checked) });
  const citation = citations[step.citation];
  return el(
    "li",
    { value: at + 1 },
    el("label", { class: "card-step" }, box, el("span", {}, withinView(step.within_hours, say), line("span", step.text, { class: "card-words" }))),
    citation ? sourceView(citation, step.citation + 1, say, view) : null,
  );
}

function withinView(hours, say) {
  if (!hours) return null;
  return el("strong", { class: "within" }, say.within(hours), " ");
}

/** A short chip: its number leads to the list of sources on paper, its name to the document. */
function sourceView(citation, number, say, view) {
  const about = [say("source_number", { number }), say.of("authority", citation.authority), say.of("review_short", citation.review_status)];
  return el(
    "span",
    { class: "card-source" },
    el(
      "button",
      { type: "button", class: "chip chip-short", "aria-haspopup": "dialog", click: () => tell(view, "guidebook-source", citation) },
      el("span", {}, about.join(" · ")),
      line("span", `: ${citation.title}`, { class: "visually-hidden" }),
    ),
    el("span", { class: "print-only" }, `[${number}]`),
  );
}
