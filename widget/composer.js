// The field and Send. It asks by the event `guidebook-ask` and tells each change of its words by `guidebook-draft`.
// Send is inert, never disabled: it stays in the tab order and says why it does nothing.

import { el, tell } from "./dom.js";
import { kindWords } from "./question-view.js";

const LONGEST_QUESTION = 2000;
const TOLD_MS = 10_000;

export class Composer {
  constructor(say, mask) {
    this.say = say;
    this.mask = mask;
    this.field = el("textarea", {
      id: "question",
      rows: "2",
      dir: "auto",
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-describedby": "question-hint question-status",
      input: () => this.onInput(),
      keydown: (event) => this.onKey(event),
    });
    this.send = el("button", { type: "submit", class: "button send", "aria-disabled": "true" }, say("send"));
    this.status = el("p", { id: "question-status", class: "composer-status", role: "status" });
    this.told = el("div", { role: "status" });
    this.warning = el("div", { role: "alert" });
    this.view = el(
      "form",
      { class: "composer", "aria-labelledby": "question-label", submit: (event) => this.onSubmit(event) },
      this.warning,
      this.told,
      el(
        "div",
        { class: "composer-top" },
        el("label", { id: "question-label", for: "question" }, say("question_label")),
        el("p", { id: "question-hint", class: "hint" }, say("question_hint")),
      ),
      el("div", { class: "composer-row" }, this.field, this.send),
      this.status,
    );
  }

  get text() {
    return this.field.value;
  }

  set text(words) {
    this.field.value = words;
    this.onInput();
  }

  /** Say one thing quietly, for a while or until the next, where the officer's eyes are. */
  tell(words, stays = false) {
    clearTimeout(this.tellTimer);
    this.told.replaceChildren(...(words ? [el("p", { class: "told" }, words)] : []));
    if (words && !stays) this.tellTimer = setTimeout(() => this.tell(null), TOLD_MS);
  }

  /** Warn that everything goes at a moment, with a way to keep it; any key or tap keeps it too. */
  warn(moment) {
    if (!moment) {
      // The key that pressed "keep" counts as use, and so takes its own button away.
      if (this.warning.contains(this.warning.getRootNode().activeElement)) this.field.focus();
      this.warning.replaceChildren();
      return;
    }
    const keep = el("button", { type: "button", class: "button", click: () => this.field.focus() }, this.say("idle_keep"));
    this.warning.replaceChildren(
      el("div", { class: "idle-warning" }, el("p", {}, this.say("idle_warning", { time: this.say.time(moment) })), keep),
    );
  }

  onInput() {
    this.send.setAttribute("aria-disabled", String(this.fault() !== null));
    this.status.textContent = this.fault() === "too_long" ? this.faultWords() : this.maskHint();
    tell(this.view, "guidebook-draft", this.text);
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.view.requestSubmit();
  }

  onSubmit(event) {
    event.preventDefault();
    const words = this.text.trim();
    this.field.focus();
    if (this.fault() !== null) {
      this.status.textContent = this.faultWords();
      return;
    }
    this.text = "";
    tell(this.view, "guidebook-ask", words);
  }

  fault() {
    if (this.text.trim() === "") return "empty";
    return this.text.length > LONGEST_QUESTION ? "too_long" : null;
  }

  faultWords() {
    return this.fault() === "empty" ? this.say("nothing_typed") : this.say("too_long_hint", { limit: LONGEST_QUESTION });
  }

  maskHint() {
    const { kinds } = this.mask(this.text);
    return kinds.length > 0 ? this.say("will_mask", { kinds: kindWords(kinds, this.say) }) : "";
  }
}
