// What a maintainer has switched off, said above the question before anybody types one. `off` is the gateway's
// `{reason, topics}`, or null: everything with its reason, or reasons by topic.

import { el, line } from "./dom.js";

export class SwitchedOff {
  constructor(say) {
    this.say = say;
    this.view = el("div", { class: "switched-off", role: "status", hidden: true });
  }

  show(off) {
    const { say } = this;
    this.view.hidden = !off;
    if (!off) return this.view.replaceChildren();
    const topics = Object.entries(off.topics || {});
    this.view.replaceChildren(
      el("p", {}, el("strong", {}, say(topics.length > 0 ? "off_topics" : "off_everything"))),
      ...(off.reason ? [line("p", off.reason)] : []),
      ...(topics.length > 0 ? [el("ul", {}, topics.map(([topic, reason]) => el("li", {}, `${say.of("topic", topic)}: `, line("bdi", reason))))] : []),
      el("p", {}, say("off_still")),
    );
  }
}
