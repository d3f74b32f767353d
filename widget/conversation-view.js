// The conversation on the page: an ordered list of finished messages (a polite log, so that each is announced once, when
// it is added) and, below it, the questions on their way. A quiet status beside it says what is going on.

import { answerView } from "./answer-view.js";
import { el } from "./dom.js";
import { pendingView, stageOf, wordsOf } from "./pending-view.js";
import { questionView } from "./question-view.js";

const TICK_MS = 1_000;

export class ConversationView {
  constructor(say, about) {
    this.say = say;
    this.about = about;
    this.kindsOf = (text) => about.masking.kindsIn(text);
    this.stages = new Map();
    this.finished = el("ol", { class: "turns" });
    this.unsent = el("ul", { class: "turns" });
    this.status = el("p", { class: "visually-hidden", role: "status" });
    this.title = el("h2", { id: "conversation-title", class: "visually-hidden", tabindex: "-1" }, say("conversation"));
    this.log = el("div", { role: "log", "aria-labelledby": "conversation-title" }, this.finished);
    this.view = el(
      "section",
      { class: "conversation" },
      this.title,
      this.log,
      this.unsent,
      this.status,
    );
  }

  /** Show turns that were finished before: all at once and without announcing them again. */
  fill(turns) {
    this.log.setAttribute("aria-live", "off");
    this.finished.replaceChildren(...turns.flatMap((turn) => this.items(turn)));
    requestAnimationFrame(() => this.log.removeAttribute("aria-live"));
  }

  /** Bring the last question into sight: who comes back goes on where the conversation was. */
  showLast() {
    const questions = this.finished.querySelectorAll(".turn-question");
    if (questions.length > 0) questions[questions.length - 1].scrollIntoView({ block: "start" });
  }

  /** Add one finished turn and bring its beginning into sight: people read an answer from the top. */
  add(turn) {
    const items = this.items(turn);
    this.finished.append(...items);
    this.status.textContent = "";
    items[0].scrollIntoView({ block: "start" });
  }

  items(turn) {
    const question = el("li", { class: "turn turn-question" }, questionView(turn, this.say, this.kindsOf));
    return [question, ...turn.replies.map((reply) => el("li", { class: "turn" }, answerView(reply, turn, this.say, this.about)))];
  }

  /** Show the questions on their way. A row is rebuilt only when there is something new to say about it. */
  showUnsent(turns) {
    clearTimeout(this.timer);
    const now = Date.now();
    const before = this.stages;
    this.stages = new Map(
      turns.map((turn) => {
        const stage = stageOf(turn, now);
        const known = before.get(turn);
        return [turn, known && known.stage === stage ? known : this.row(turn, stage)];
      }),
    );
    const rows = [...this.stages.values()].map((entry) => entry.view);
    const isSame = rows.length === this.unsent.children.length && rows.every((row, at) => row === this.unsent.children[at]);
    if (!isSame) this.unsent.replaceChildren(...rows);
    const changed = [...this.stages.values()].filter((entry) => ![...before.values()].includes(entry));
    if (changed.length > 0) changed[changed.length - 1].view.scrollIntoView({ block: "nearest" });
    if (turns.some((turn) => turn.state === "sending")) this.timer = setTimeout(() => this.showUnsent(turns), TICK_MS);
  }

  row(turn, stage) {
    this.status.textContent = wordsOf(stage, this.say) || this.say("sending");
    return { stage, view: pendingView(turn, stage, this.say, this.kindsOf) };
  }

  stop() {
    clearTimeout(this.timer);
  }
}
