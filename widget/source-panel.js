// The source of an answer: a bottom sheet on a phone, a side panel on a laptop. Esc, Back and the button close it, and
// focus returns to the chip. Where the document cannot be shown, the quoted words still are.

import { fetchDocument } from "./api.js";
import { documentView } from "./document-view.js";
import { el, line, lines } from "./dom.js";

const LAPTOP = "(min-width: 60rem)";

export class SourcePanel {
  constructor(say) {
    this.say = say;
    this.dialog = el("dialog", {
      class: "panel",
      "aria-labelledby": "panel-title",
      cancel: (event) => this.onCancel(event),
      close: () => this.afterClose(),
      keydown: (event) => this.onKey(event),
      click: (event) => event.target === this.dialog && this.close(),
    });
    this.onBack = () => this.dialog.open && this.dialog.close();
    this.opener = null;
    this.citation = null;
  }

  async open(citation, opener) {
    const wasOpen = this.dialog.open;
    this.opener = opener;
    this.citation = citation;
    this.build(citation);
    if (!wasOpen) this.show();
    this.title.focus();
    await this.load();
  }

  /** On a laptop the conversation stays usable beside the panel; on a phone the sheet is all there is. */
  show() {
    if (window.matchMedia(LAPTOP).matches) this.dialog.show();
    else this.dialog.showModal();
    history.pushState({ guidebookPanel: true }, "");
    window.addEventListener("popstate", this.onBack);
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  onCancel(event) {
    event.preventDefault();
    this.close();
  }

  onKey(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.close();
  }

  afterClose() {
    window.removeEventListener("popstate", this.onBack);
    if (history.state && history.state.guidebookPanel) history.back();
    this.citation = null;
    if (this.opener && this.opener.isConnected) this.opener.focus();
  }

  build(citation) {
    const { say } = this;
    this.title = line("h2", citation.title, { id: "panel-title", tabindex: "-1" });
    this.body = el("div", { class: "panel-body", tabindex: "0", role: "region", "aria-label": say("document_text") });
    this.dialog.replaceChildren(
      el(
        "div",
        { class: "panel-head" },
        el("div", {}, this.title, el("p", { class: "panel-summary" }, this.summary(citation))),
        el("button", { type: "button", class: "button button-quiet panel-close", click: () => this.close() }, say("close")),
      ),
      this.body,
    );
    this.about = this.aboutView(citation);
    this.body.append(this.about, el("p", { role: "status" }, say("loading_document")));
  }

  async load() {
    const { citation, say } = this;
    const outcome = await fetchDocument(citation.document_id, citation.digest);
    if (this.citation !== citation) return;
    if (outcome.kind !== "document") return this.fallBack("document_offline", true);
    const { document } = outcome;
    if (document.changed) return this.fallBack("document_changed", false);
    const { view, marked } = documentView(document.blocks, citation);
    if (marked !== citation.quote) return this.fallBack("words_not_found", false);
    this.body.replaceChildren(this.about, el("p", { class: "panel-hint" }, say("cited_words")), view);
    this.bringIntoSight(view.querySelector("mark"));
  }

  /** Scrolls the text alone: scrollIntoView would also move the page behind the panel. */
  bringIntoSight(mark) {
    if (!mark) return;
    const below = mark.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
    this.body.scrollTop += below - this.body.clientHeight / 3;
  }

  fallBack(reason, canRetry) {
    const { citation, say } = this;
    this.body.replaceChildren(
      el("p", { role: "status", class: "panel-hint" }, say(reason)),
      el("blockquote", { class: "quoted" }, lines("p", citation.quote)),
      canRetry ? el("button", { type: "button", class: "button", click: () => this.load() }, say("open_again")) : "",
      this.about,
    );
  }

  /** Authority and age stay in sight however far the text is scrolled. */
  summary(citation) {
    const { say } = this;
    const where = say.of("jurisdiction", citation.jurisdiction);
    return [say.of("authority", citation.authority), where, say.of("review_short", citation.review_status)].join(" · ");
  }

  aboutView(citation) {
    const { say } = this;
    const rows = [
      ["authority", say.of("authority", citation.authority), `authority authority-${citation.authority}`],
      ["review", say.of("review", citation.review_status), `review review-${citation.review_status}`],
      ["heading", citation.heading],
      ["kind", say.of("kind", citation.kind)],
      ["jurisdiction", say.of("jurisdiction", citation.jurisdiction)],
      ["in_force_from", say.date(citation.in_force_from)],
      ["checked_on", say.date(citation.checked_on)],
    ];
    return el(
      "div",
      { class: "about" },
      el("dl", {}, rows.map(([key, value, style]) => el("div", {}, el("dt", {}, say(key)), line("dd", value, { class: style })))),
      this.linksView(citation.sources || []),
    );
  }

  /** Links lead out of the building; they are followed only by a tap, and tell the other site nothing of this one. */
  linksView(sources) {
    const { say } = this;
    const links = sources.filter((source) => /^https?:\/\//.test(source.url));
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
