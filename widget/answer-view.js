// A reply as the page shows it. Only the parts a reply has are built, in one order, the same for every status;
// what differs between statuses is the label and the frame. It asks by events: `guidebook-press` (a suggestion's words),
// `guidebook-source` (a citation), `guidebook-again` (the turn), `guidebook-copy` and `guidebook-share` (the reply's plain
// text), `guidebook-print-answer` (what to print).

import { assumedView } from "./assumed-view.js";
import { cardView } from "./card-view.js";
import { el, line, lines, script, tell } from "./dom.js";
import { feedbackView } from "./feedback-view.js";
import { plainText } from "./plain-text.js";
import { shortcuts } from "./shortcuts.js";

const ABOUT_ITSELF = ["told_greeting", "told_capabilities"];
const LABELLED = ["emergency", "unanswerable", "refused", "clarify", "asked", "failed"];

/** The order of an answer on the page. Each part is a function of the reply that may return nothing. */
const PARTS = [label, notice, heading, words, beside, contacts, noticeOfDanger, caution, strength, more, sources, assumed, nearest, again, suggestions, waysIn, tools, feedback];

/** `about`: `masking`, and `ticksOf` a turn's card. */
export function answerView(reply, turn, say, about) {
  // A question whether there is danger is one line, not the red frame of the first steps.
  const family = reply.status === "emergency_perhaps" ? "perhaps" : reply.status.split("_")[0];
  const view = el("div", { class: `answer answer-${family}` }, el("h3", { class: "visually-hidden" }, say("it_answered")));
  const context = { reply, turn, say, family, view, ...about };
  view.append(...PARTS.flatMap((part) => part(context)).filter(Boolean));
  return view;
}

/** The words of a reply, without anything round them: lead and steps where it has them, else its text. */
export function replyParagraphs(reply) {
  const steps = reply.steps || [];
  if (!reply.lead && steps.length === 0) return lines("p", reply.text || "");
  return [
    ...(reply.lead ? lines("p", reply.lead, { class: "lead" }) : []),
    steps.length > 0 ? stepsView(steps) : null,
  ].filter(Boolean);
}

/** Numbers stand on the side the list begins; each step's words still run in their own direction. */
function stepsView(steps) {
  const dir = steps.some((step) => script(step).dir === "rtl") ? "rtl" : "ltr";
  return el("ol", { class: "steps", dir }, steps.map((step) => el("li", {}, line("p", step))));
}

function label({ reply, family, say }) {
  if (reply.status === "refused_switched_off") return el("p", { class: "answer-label" }, say("off_everything"));
  return LABELLED.includes(family) ? el("p", { class: "answer-label" }, say(`label.${family}`)) : null;
}

function notice({ reply, family }) {
  return reply.notice && family !== "emergency" ? lines("p", reply.notice, { class: "answer-notice" }) : null;
}

/** In danger nothing stands before what to do. */
function noticeOfDanger({ reply, family }) {
  return reply.notice && family === "emergency" ? lines("p", reply.notice, { class: "answer-notice" }) : null;
}

/** What the text is an answer to: its own "Yes" or "No" means nothing without that. */
function heading({ reply, family }) {
  const cited = family === "answered" && !reply.card ? reply.citations[0] : null;
  return cited ? line("p", cited.heading, { class: "answer-heading" }) : null;
}

function words({ reply, turn, say, view, ticksOf }) {
  return reply.card ? cardView(reply, turn, say, view, ticksOf(turn)) : replyParagraphs(reply);
}

function contacts({ reply, say }) {
  if (!reply.contacts || reply.contacts.length === 0) return null;
  return el(
    "ul",
    { class: "contacts", "aria-label": say("contacts") },
    reply.contacts.map((contact) =>
      el(
        "li",
        {},
        el(
          "a",
          { class: contact.state === "call_now" ? "call call-now" : "call", href: `tel:${dialled(contact.number)}` },
          line("span", contact.label),
          " ",
          el("bdi", { class: "call-number", dir: "ltr" }, contact.number),
        ),
        el("span", { class: "call-state" }, say.of("contact", contact.state, say("contact.check_first"))),
      ),
    ),
  );
}

function dialled(number) {
  return number.replace(/[^0-9+*#]/g, "");
}

function caution({ reply, say }) {
  const said = say.sentence("caution", reply.caution);
  if (!said) return null;
  return el(
    "div",
    { class: "caution", role: "note" },
    el("span", { class: "caution-mark", "aria-hidden": "true" }, "!"),
    el("p", {}, el("strong", {}, `${say("caution")}: `), line("span", said)),
  );
}

function strength({ reply, say }) {
  const said = say.sentence("strength", reply.strength);
  return said ? el("p", { class: "strength" }, said) : null;
}

function more({ reply, say }) {
  if (!reply.more || reply.more.length === 0) return null;
  return el("details", { class: "more" }, el("summary", {}, say("more")), reply.more.flatMap((part) => lines("p", part)));
}

/** Where sources differ, the other one's words stand in full, under what it is and whether it governs. */
function beside({ reply: { beside } }) {
  return beside ? el("blockquote", { class: "quoted more" }, line("h4", beside.label), beside.lines.flatMap((text) => lines("p", text))) : null;
}

function sources({ reply, say, view }) {
  if (!reply.citations || reply.citations.length === 0) return null;
  const paper = reply.card ? plainText.documents(reply.citations, say) : reply.citations.map((citation) => plainText.source(citation, say));
  return [
    // A card's steps have their own chips.
    reply.card ? null : el("p", { class: "part-title" }, say("sources")),
    reply.card ? null : el("ul", { class: "chips" }, reply.citations.map((citation) => el("li", {}, chip(citation, say, view)))),
    el("ol", { class: "print-only print-sources" }, paper.map((text) => el("li", {}, line("p", text)))),
    el("p", { class: "print-only" }, say("guidance_only")),
  ];
}

/** A chip names the document, what kind of authority it is, and that it is a draft: a remark never looks like law. */
function chip(citation, say, view) {
  return el(
    "button",
    {
      type: "button",
      class: `chip chip-${citation.authority}`,
      "aria-haspopup": "dialog",
      click: () => tell(view, "guidebook-source", citation),
    },
    line("span", citation.title, { class: "chip-title" }),
    " ",
    el("span", { class: "chip-authority" }, say.of("authority", citation.authority)),
    " ",
    el("span", { class: "chip-review" }, say.of("review_short", citation.review_status)),
  );
}

function assumed({ reply, turn, say, view }) {
  return assumedView(reply, turn, say, view);
}

function nearest({ reply, say, view }) {
  if (!reply.nearest || reply.nearest.length === 0) return null;
  return el(
    "section",
    { class: "nearest", "aria-label": say("nearest_title") },
    el("h4", {}, say("nearest_title")),
    el("p", {}, say("nearest_why")),
    reply.nearest.map((citation) =>
      el(
        "details",
        { class: "more" },
        line("summary", citation.heading),
        el("blockquote", {}, lines("p", citation.quote)),
        el("p", { class: "chips" }, chip(citation, say, view)),
      ),
    ),
  );
}

function again({ reply, turn, say, family, view }) {
  if (family !== "failed") return null;
  return el("button", { type: "button", class: "button", click: () => tell(view, "guidebook-again", turn) }, say("try_again"));
}

function suggestions({ reply, say, view }) {
  if (!reply.suggestions || reply.suggestions.length === 0) return null;
  return el(
    "ul",
    { class: "suggestions", "aria-label": say("suggestions") },
    reply.suggestions.map((suggestion) =>
      el(
        "li",
        {},
        line("button", suggestion.title, {
          type: "button",
          class: "suggestion",
          click: () => tell(view, "guidebook-press", suggestion.payload),
        }),
      ),
    ),
  );
}

/** Who greets, or asks what this is for, sees what to do next. */
function waysIn({ reply, say, view }) {
  return ABOUT_ITSELF.includes(reply.status) ? el("div", { class: "button-row" }, shortcuts(say, view, "button button-quiet")) : null;
}

function tools({ reply, turn, say, view }) {
  if (!reply.citations || reply.citations.length === 0) return null;
  const tool = (key, name, detail) => el("button", { type: "button", class: "button button-quiet", click: () => tell(view, name, detail()) }, say(key));
  const text = () => plainText.reply(reply, turn, say);
  return el(
    "div",
    { class: "tools" },
    tool("copy", "guidebook-copy", text),
    // Browsers offer sharing in a secure context alone: over https, or on the machine itself.
    navigator.share ? tool("share", "guidebook-share", text) : null,
    tool(reply.card ? "print_card" : "print_answer", "guidebook-print-answer", () => view),
  );
}

/** Who is in danger, or worn out, is not asked for an opinion. */
function feedback({ reply, turn, say, masking, family }) {
  return ["emergency", "perhaps", "support"].includes(family) ? null : feedbackView(reply, turn, say, masking);
}
