// What an officer says of an answer: useful or not, what is wrong, and, by taps of its own, the question for the
// maintainers: first the very words that would be kept, then "send these words". What was said stays on the reply, so
// that a change of language shows it again. The area is no live region: only its own status is announced.

import { postFeedback } from "./api.js";
import { el, lines } from "./dom.js";

const VERDICTS = ["up", "down"];
const REASONS = ["wrong_law", "outdated", "not_local", "unclear", "unsafe", "missing"];

export function feedbackView(reply, turn, say, masking) {
  return reply.receipt ? new Feedback(reply, turn, say, masking).view : null;
}

class Feedback {
  constructor(reply, turn, say, masking) {
    this.reply = reply;
    this.turn = turn;
    this.say = say;
    this.masking = masking;
    this.given = reply.feedback || { verdict: null, reason: null, sent: null };
    reply.feedback = this.given;
    this.status = el("p", { class: "feedback-status", role: "status" });
    this.verdicts = VERDICTS.map((name) => choice(say.of("verdict", name), () => this.give({ verdict: name, reason: null })));
    this.reasons = REASONS.map((name) => choice(say.of("reason", name), () => this.give({ verdict: "down", reason: name })));
    this.why = el(
      "div",
      { class: "feedback-why", role: "group", "aria-label": say("feedback_reason") },
      el("p", {}, say("feedback_reason")),
      el("div", { class: "choices" }, this.reasons),
    );
    this.opener = el("button", { type: "button", class: "button button-quiet", click: () => this.offer() }, say("send_question"));
    this.box = el("div", { class: "feedback-box" });
    this.view = el(
      "div",
      { class: "feedback", role: "group", "aria-label": say("feedback_title"), "aria-live": "off" },
      el("div", { class: "choices" }, el("span", {}, say("feedback_title")), this.verdicts),
      this.why,
      this.status,
      this.opener,
      this.box,
    );
    this.show();
  }

  show() {
    const { verdict, reason, sent } = this.given;
    VERDICTS.forEach((name, at) => this.verdicts[at].setAttribute("aria-pressed", String(name === verdict)));
    REASONS.forEach((name, at) => this.reasons[at].setAttribute("aria-pressed", String(name === reason)));
    this.why.hidden = verdict !== "down";
    this.opener.hidden = !verdict || Boolean(sent);
    if (sent) this.box.replaceChildren(el("p", {}, this.say("question_sent")), el("blockquote", { class: "quoted" }, lines("p", sent)));
  }

  async give(judgement) {
    Object.assign(this.given, judgement);
    this.show();
    await this.post(judgement, "feedback_kept");
  }

  /** Only masked words are offered; without the rules nothing is. */
  async offer() {
    const { say } = this;
    await this.masking.load();
    if (!this.masking.isLoaded) return this.tell("feedback_failed");
    const words = this.masking.mask(this.turn.text).text;
    const first = el("p", { tabindex: "-1" }, say("send_question_what"));
    this.box.replaceChildren(
      first,
      el("blockquote", { class: "quoted" }, lines("p", words)),
      el("p", {}, say("send_question_check")),
      el(
        "div",
        { class: "button-row" },
        el("button", { type: "button", class: "button", click: () => this.send(words) }, say("send_words")),
        el("button", { type: "button", class: "button button-quiet", click: () => this.keepBack() }, say("do_not_send")),
      ),
    );
    this.opener.hidden = true;
    first.focus();
  }

  keepBack() {
    this.box.replaceChildren();
    this.show();
    this.opener.focus();
  }

  async send(words) {
    const { verdict, reason } = this.given;
    const kept = await this.post({ verdict, reason, question: words }, null);
    if (!kept) return;
    this.given.sent = kept.question;
    this.show();
    this.box.firstElementChild.tabIndex = -1;
    this.box.firstElementChild.focus();
  }

  /** What the gateway kept, or null after saying that nothing was. */
  async post(body, words) {
    this.tell(null);
    const outcome = await postFeedback({ receipt: this.reply.receipt, ...body });
    this.tell(outcome.kind === "kept" ? words : "feedback_failed");
    return outcome.kind === "kept" ? outcome : null;
  }

  tell(key) {
    this.status.textContent = key ? this.say(key) : "";
  }
}

function choice(words, act) {
  return el("button", { type: "button", class: "choice", "aria-pressed": "false", click: act }, words);
}
