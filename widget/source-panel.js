// The source of an answer, or a passage chosen from the contents, in its whole document. Cited words are marked by their
// offsets. Where the document cannot be shown, the quoted words still are.

import { fetchDocument } from "./api.js";
import { documentView } from "./document-view.js";
import { el, line, lines } from "./dom.js";
import { Sheet } from "./sheet.js";

const WEB_ADDRESS = /^https?:\/\//;

export class SourcePanel extends Sheet {
  constructor(say, keepsHistory) {
    super(say, "source", keepsHistory);
    this.source = null;
  }

  /** `source` is a citation, or a place in a document: a passage id without words. */
  async open(source, opener) {
    this.source = source;
    this.build(source);
    this.show(opener);
    this.title.focus();
    await this.load();
  }

  afterClose() {
    this.source = null;
    super.afterClose();
  }

  build(source) {
    const { say } = this;
    this.title = line("h2", source.title, { id: "source-title", tabindex: "-1" });
    this.body = el("div", { class: "panel-body", tabindex: "0", role: "region", "aria-label": say("document_text") });
    this.dialog.replaceChildren(this.head(this.title, el("p", { class: "panel-summary" }, this.summary(source))), this.body);
    this.about = isPlace(source) ? el("div") : this.aboutView(source);
    this.body.append(this.about, el("p", { role: "status" }, say("loading_document")));
  }

  async load() {
    const { source, say } = this;
    const outcome = await fetchDocument(source.document_id, source.digest);
    if (this.source !== source) return;
    if (outcome.kind !== "document") return this.fallBack("document_offline", true);
    const { document } = outcome;
    this.others = document.also_in.map((other) =>
      line("button", other.name, { type: "button", class: "button", click: () => this.turnTo(other) }),
    );
    if (document.changed) return this.fallBack("document_changed", false);
    const { view, marked } = documentView(document.blocks, source);
    if (isPlace(source)) return this.showPlace(document, view);
    if (marked !== source.quote) return this.fallBack("words_not_found", false);
    this.body.replaceChildren(...this.others, this.about, el("p", { class: "panel-hint" }, say("cited_words")), view);
    this.bringIntoSight(view.querySelector("mark"));
  }

  showPlace(document, view) {
    this.about = this.aboutView({ ...document, heading: view.querySelector(".block-cited h3").textContent });
    this.body.replaceChildren(...this.others, this.about, view);
    this.bringIntoSight(view.querySelector(".block-cited"));
  }

  /** The same passage in the document's other language. */
  turnTo(other) {
    this.source = { ...this.source, ...other, quote: undefined, start: undefined };
    this.build(this.source);
    this.title.focus();
    this.load();
  }

  /** Scrolls the text alone: scrollIntoView would also move the page behind the panel. */
  bringIntoSight(part) {
    if (!part) return;
    const below = part.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
    this.body.scrollTop += below - Math.min(this.body.clientHeight / 3, 96);
  }

  fallBack(reason, canRetry) {
    const { source, say } = this;
    this.body.replaceChildren(
      el("p", { role: "status", class: "panel-hint" }, say(isPlace(source) ? "place_offline" : reason)),
      isPlace(source) ? "" : el("blockquote", { class: "quoted" }, lines("p", source.quote)),
      canRetry ? el("button", { type: "button", class: "button", click: () => this.load() }, say("open_again")) : "",
      this.about,
    );
  }

  /** Authority and age stay in sight however far the text is scrolled. */
  summary(source) {
    const { say } = this;
    const where = say.of("jurisdiction", source.jurisdiction);
    return [say.of("authority", source.authority), where, say.of("review_short", source.review_status)].join(" · ");
  }

  aboutView(source) {
    const { say } = this;
    const rows = [
      ["authority", say.of("authority", source.authority), `authority authority-${source.authority}`],
      ["review", say.of("review", source.review_status), `review review-${source.review_status}`],
      ["heading", source.heading],
      ["kind", say.of("kind", source.kind)],
      ["jurisdiction", say.of("jurisdiction", source.jurisdiction)],
      ["in_force_from", say.date(source.in_force_from)],
      ["checked_on", say.date(source.checked_on)],
    ];
    return el(
      "div",
      { class: "about" },
      el("dl", {}, rows.map(([key, value, style]) => el("div", {}, el("dt", {}, say(key)), line("dd", value, { class: style })))),
      this.linksView(source.sources || []),
    );
  }

  /** Links lead out of the building; they are followed only by a tap, and tell the other site nothing of this one. */
  linksView(sources) {
    const { say } = this;
    const links = sources.filter((source) => WEB_ADDRESS.test(source.url));
    if (links.length === 0) return null;
    return el(
      "div",
      {},
      el("p", { class: "part-title" }, say("links")),
      el(
        "ul",
        { class: "links" },
        links.map((source) =>
          el(
            "li",
            {},
            el(
              "a",
              { href: source.url, target: "_blank", rel: "noopener noreferrer" },
              line("span", source.title),
              el("span", { class: "visually-hidden" }, ` (${say("opens_elsewhere")})`),
            ),
          ),
        ),
      ),
    );
  }
}

function isPlace(source) {
  return source.quote === undefined;
}
