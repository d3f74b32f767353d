// A dialog over the page: a bottom sheet on a phone, a side panel on a laptop. Esc, Back and the button close it, and the
// focus returns to where it was opened. Sheets may lie on each other; Back closes the uppermost. What stands in one is
// its subclass's.

import { el } from "./dom.js";

const LAPTOP = "(min-width: 60rem)";

export class Sheet {
  /** `name` names the dialog and its title. `keepsHistory`: Back closes the sheet. Only on a page of our own; another site's history is not ours to write. */
  constructor(say, name, keepsHistory) {
    this.say = say;
    this.keepsHistory = keepsHistory;
    this.depth = 0;
    this.opener = null;
    this.dialog = el("dialog", {
      class: `panel ${name}-panel`,
      "aria-labelledby": `${name}-title`,
      cancel: (event) => this.onCancel(event),
      close: () => this.afterClose(),
      keydown: (event) => this.onKey(event),
      click: (event) => event.target === this.dialog && this.close(),
    });
    this.onBack = (event) => depthOf(event.state) < this.depth && this.close();
  }

  /** On a laptop the conversation stays usable beside the panel; on a phone the sheet is all there is. */
  show(opener) {
    this.opener = opener;
    if (this.dialog.open) return;
    if (window.matchMedia(LAPTOP).matches) this.dialog.show();
    else this.dialog.showModal();
    if (!this.keepsHistory) return;
    this.depth = depthOf(history.state) + 1;
    history.pushState({ guidebookSheet: this.depth }, "");
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
    if (this.depth > 0 && depthOf(history.state) === this.depth) history.back();
    this.depth = 0;
    if (this.opener && this.opener.isConnected) this.opener.focus();
  }

  head(...title) {
    return el(
      "div",
      { class: "panel-head" },
      el("div", {}, title),
      el("button", { type: "button", class: "button button-quiet panel-close", click: () => this.close() }, this.say("close")),
    );
  }
}

function depthOf(state) {
  return (state && state.guidebookSheet) || 0;
}
