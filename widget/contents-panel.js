// The contents of the corpus by topic, with a search over the headings as one types. A tap on a heading opens the document
// at that passage, by the event `guidebook-source`. The list is fetched when it is first opened.

import { fetchContents } from "./api.js";
import { el, line, tell } from "./dom.js";
import { Sheet } from "./sheet.js";

const MOST_FOUND = 40;

export class ContentsPanel extends Sheet {
  constructor(say, keepsHistory) {
    super(say, "contents", keepsHistory);
    this.topics = null;
    this.field = el("input", {
      id: "contents-search",
      type: "search",
      dir: "auto",
      autocomplete: "off",
      "aria-describedby": "contents-found",
      input: () => this.search(),
    });
    this.found = el("p", { id: "contents-found", class: "hint", role: "status" });
    this.list = el("div", { class: "contents" });
    this.dialog.append(
      this.head(el("h2", { id: "contents-title", tabindex: "-1" }, say("contents_title"))),
      el(
        "div",
        { class: "panel-body" },
        el("div", { class: "contents-search" }, el("label", { for: "contents-search" }, say("contents_search")), this.field, this.found),
        this.list,
      ),
    );
  }

  async open(opener) {
    this.show(opener);
    this.dialog.querySelector("h2").focus();
    if (this.topics) return;
    this.found.textContent = this.say("contents_loading");
    const outcome = await fetchContents(this.say.lang);
    if (outcome.kind !== "contents") {
      this.found.textContent = this.say("contents_offline");
      return;
    }
    this.topics = outcome.topics;
    this.places = placesIn(this.topics, this.say);
    this.search();
  }

  search() {
    if (!this.topics) return;
    const words = folded(this.field.value).split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      this.found.textContent = "";
      this.list.replaceChildren(...this.topics.map((topic) => this.topicView(topic)));
      return;
    }
    const found = this.places.filter((place) => words.every((word) => place.searched.includes(word)));
    // A heading that says it goes before one that merely stands under such a topic.
    const isSaid = (place) => words.every((word) => folded(place.heading).includes(word));
    found.sort((a, b) => isSaid(b) - isSaid(a));
    const shown = found.slice(0, MOST_FOUND);
    const key = found.length === 0 ? "contents_none" : found.length > MOST_FOUND ? "contents_first" : "contents_found";
    this.found.textContent = this.say(key, { count: found.length, shown: shown.length });
    this.list.replaceChildren(el("ul", { class: "places" }, shown.map((place) => el("li", {}, this.placeView(place, place.title)))));
  }

  /** A topic's list is built when it is opened: all of them at once are slow on an old phone. */
  topicView(topic) {
    const count = topic.documents.reduce((sum, document) => sum + document.passages.length, 0);
    const view = el(
      "details",
      {
        class: "topic",
        toggle: () => {
          if (view.open && view.children.length === 1) view.append(...topic.documents.map((document) => this.documentView(document)));
        },
      },
      el("summary", {}, el("span", {}, this.say.of("topic", topic.topic)), " ", el("bdi", { class: "count" }, String(count))),
    );
    return view;
  }

  documentView(document) {
    const { say } = this;
    const about = [say.of("authority", document.authority), say.of("jurisdiction", document.jurisdiction), say.of("review_short", document.review_status)];
    return el(
      "section",
      {},
      line("h3", document.title),
      el("p", { class: "hint" }, about.join(" · ")),
      el("ul", { class: "places" }, document.passages.map((passage) => el("li", {}, this.placeView(placeOf(document, passage), null)))),
    );
  }

  placeView(place, title) {
    const view = el(
      "button",
      { type: "button", class: "suggestion place", "aria-haspopup": "dialog", click: () => tell(view, "guidebook-source", place) },
      line("span", place.heading),
      title ? line("span", title, { class: "hint" }) : null,
    );
    return view;
  }
}

function placeOf(document, passage) {
  const { id, title, authority, jurisdiction, review_status } = document;
  return { document_id: id, title, authority, jurisdiction, review_status, ...passage };
}

/** Every passage once, with the words it is found by: its heading, its document, and the names of its topics. */
function placesIn(topics, say) {
  const places = new Map();
  for (const { topic, documents } of topics) {
    for (const document of documents) {
      for (const passage of document.passages) {
        const place = places.get(passage.passage_id) || { ...placeOf(document, passage), searched: folded(`${passage.heading} ${document.title}`) };
        place.searched += ` ${folded(say.of("topic", topic))}`;
        places.set(passage.passage_id, place);
      }
    }
  }
  return [...places.values()];
}

function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652]/g, "");
}
