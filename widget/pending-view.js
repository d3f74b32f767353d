// One question on its way: the question itself, and below it what is happening and what can be done.
// A row appears at once, words after five seconds, a way out after thirty. It asks by events:
// `guidebook-again` and `guidebook-change`, both with the turn.

import { replyParagraphs } from "./answer-view.js";
import { el, tell } from "./dom.js";
import { questionView } from "./question-view.js";

const WORDS_AFTER_MS = 5_000;
const WAY_OUT_AFTER_MS = 30_000;

/** What there is to say about a turn at a moment; the view is rebuilt only when this changes. */
export function stageOf(turn, now) {
  if (turn.state === "failed") return `failed_${turn.reason}`;
  if (turn.state === "waiting") return `waiting_${turn.reason}`;
  if (now - turn.since >= WAY_OUT_AFTER_MS) return "slow";
  if (now - turn.since >= WORDS_AFTER_MS) return "still_looking";
  return "sending";
}

/** The words of a stage; null while the row of dots says enough, or where the reply speaks for itself. */
export function wordsOf(stage, say) {
  return stage === "sending" || stage === "failed_told" ? null : say(stage);
}

export function pendingView(turn, stage, say, kindsOf) {
  const failed = turn.state === "failed";
  const words = wordsOf(stage, say);
  const row = el(
    "div",
    { class: failed ? "pending-row pending-row-failed" : "pending-row" },
    failed ? null : dots(),
    stage === "failed_told" ? turn.replies.flatMap((reply) => replyParagraphs(reply)) : null,
    words ? el("p", {}, words) : null,
  );
  const view = el("li", { class: "turn turn-pending" }, questionView(turn, say, kindsOf), row);
  const label = { sending: null, still_looking: null, slow: "try_again" };
  const again = stage in label ? label[stage] : failed ? "try_again" : "send_now";
  if (again) {
    row.append(
      el(
        "div",
        { class: "button-row" },
        el("button", { type: "button", class: "button", click: () => tell(view, "guidebook-again", turn) }, say(again)),
        el("button", { type: "button", class: "button button-quiet", click: () => tell(view, "guidebook-change", turn) }, say("change")),
      ),
    );
  }
  return view;
}

function dots() {
  return el("span", { class: "dots", "aria-hidden": "true" }, el("span"), el("span"), el("span"));
}
