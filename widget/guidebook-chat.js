// <guidebook-chat>: the officer's chat as one element. It joins the parts and decides nothing itself: parts speak by
// events, the conversation keeps the state, and a change of language rebuilds what is shown from that state.
// Attributes: `lang` (en, ur), `province`, `whole-page` (the element also sets the page's language, direction and title).

import { Composer } from "./composer.js";
import { ConversationView } from "./conversation-view.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { declareUrduFont } from "./fonts.js";
import { headerView } from "./header.js";
import { Masking } from "./masking.js";
import { openingView, startersView } from "./opening.js";
import { copy } from "./plain-text.js";
import { Readiness } from "./readiness.js";
import { SourcePanel } from "./source-panel.js";
import { deviceMemory, tabMemory } from "./storage.js";
import { LANGUAGES, speaker } from "./strings.js";

const DEFAULT_PROVINCE = "kp";

export class GuidebookChat extends HTMLElement {
  constructor() {
    super();
    this.conversation = new Conversation();
    this.readiness = new Readiness();
    this.masking = new Masking([]);
    this.isRestored = false;
    this.frame = el("div", { class: "frame", hidden: true });
    this.listenToParts();
    this.listenToState();
  }

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(this.styleSheet(), this.frame);
    declareUrduFont();
    const chosen = deviceMemory.get("language", null);
    this.lang = chosen ?? (this.lang in LANGUAGES ? this.lang : "en");
    this.isLangChosen = chosen !== null || this.lang !== "en";
    this.province = deviceMemory.get("province", this.getAttribute("province") || DEFAULT_PROVINCE);
    const draft = tabMemory.get("draft", "");
    this.build();
    this.composer.text = draft;
    this.start();
  }

  disconnectedCallback() {
    this.readiness.stop();
    this.bars.disconnect();
    this.parts.conversation.stop();
  }

  /** The frame stays hidden until its style has come, or has failed to: an unstyled page is better than none. */
  styleSheet() {
    const show = () => this.frame.removeAttribute("hidden");
    return el("link", { rel: "stylesheet", href: new URL("style.css", import.meta.url), load: show, error: show });
  }

  async start() {
    this.readiness.start();
    await this.loadMasking();
    await this.restore();
  }

  /** Without rules the gateway's masking still stands; they are asked for again before the next question is kept. */
  async loadMasking() {
    if (this.conversation.mask) return;
    try {
      this.masking = await Masking.load(new URL("masking.json", import.meta.url));
      this.conversation.mask = (text) => this.masking.mask(text);
    } catch {
      this.conversation.mask = null;
    }
  }

  async restore() {
    if (this.isRestored) return;
    this.isRestored = await this.conversation.restore();
  }

  listenToParts() {
    const on = (name, act) => this.frame.addEventListener(name, (event) => act(event.detail, event));
    on("guidebook-ask", (text) => this.ask(text));
    on("guidebook-draft", (text) => this.keepDraft(text));
    on("guidebook-again", (turn) => this.sendAgain(turn));
    on("guidebook-change", (turn) => this.changeQuestion(turn));
    on("guidebook-source", (citation) => this.panel.open(citation, this.shadowRoot.activeElement));
    on("guidebook-copy", async (text) => this.tell((await copy(text)) ? "copied" : "copy_failed"));
    on("guidebook-language", (lang) => this.chooseLanguage(lang));
    on("guidebook-province", (province) => this.chooseProvince(province));
    on("guidebook-print", () => window.print());
    on("guidebook-clear", () => this.clear());
  }

  listenToState() {
    this.conversation.addEventListener("finished", (event) => this.onFinished(event.detail));
    this.conversation.addEventListener("unsent", (event) => this.onUnsent(event.detail));
    this.conversation.addEventListener("restored", (event) => this.onRestored(event.detail));
    this.readiness.addEventListener("change", (event) => this.onReadiness(event.detail));
  }

  build() {
    const say = speaker(this.lang);
    const draft = this.composer ? this.composer.text : "";
    if (this.parts) this.parts.conversation.stop();
    this.say = say;
    this.dir = say.direction;
    this.conversation.preferences = this.preferences;
    this.composer = new Composer(say, (text) => this.masking.mask(text));
    this.panel = new SourcePanel(say);
    this.parts = {
      conversation: new ConversationView(say, (text) => this.masking.kindsIn(text)),
      starters: startersView(say),
      banner: el("p", { class: "banner", role: "status" }),
    };
    const otherLanguage = this.lang === "ur" ? "en" : "ur";
    this.frame.replaceChildren(
      headerView(say, { province: this.province, otherLanguage }),
      el(
        "main",
        { class: "main" },
        this.parts.banner,
        openingView(say),
        this.parts.starters,
        this.parts.conversation.view,
      ),
      this.composer.view,
      this.panel.dialog,
    );
    this.composer.text = draft;
    this.onRestored(this.conversation.turns);
    this.onUnsent(this.conversation.unsent);
    this.showReadiness(this.readiness.state);
    this.measureBars();
    if (this.hasAttribute("whole-page")) this.dressPage(say);
  }

  /** What scrolls into sight must not stop under the bars; their height depends on language, text size and window. */
  measureBars() {
    if (this.bars) this.bars.disconnect();
    const bars = { "--above": this.frame.firstElementChild, "--below": this.composer.view };
    this.bars = new ResizeObserver(() => {
      for (const [name, bar] of Object.entries(bars)) this.frame.style.setProperty(name, `${bar.offsetHeight}px`);
    });
    for (const bar of Object.values(bars)) this.bars.observe(bar);
  }

  dressPage(say) {
    document.documentElement.lang = say.lang;
    document.documentElement.dir = say.direction;
    document.title = say("page_title");
  }

  async ask(text) {
    this.tell(null);
    this.composer.field.focus();
    await this.loadMasking();
    this.conversation.ask(text);
  }

  keepDraft(text) {
    if (!this.conversation.mask) return;
    const kept = this.masking.mask(text).text;
    tabMemory.set("draft", kept === "" ? null : kept);
  }

  sendAgain(turn) {
    this.composer.field.focus();
    this.conversation.sendAgain(turn);
  }

  changeQuestion(turn) {
    const words = this.conversation.takeBack(turn);
    this.composer.text = [words, this.composer.text].filter(Boolean).join("\n");
    this.composer.field.focus();
  }

  chooseLanguage(lang) {
    deviceMemory.set("language", lang);
    this.lang = lang;
    this.isLangChosen = true;
    this.build();
    this.frame.querySelector(".language").focus();
  }

  /** What goes with each question. English that nobody chose stays out: the script of the question decides. */
  get preferences() {
    return { ...(this.isLangChosen && { lang: this.lang }), province: this.province };
  }

  chooseProvince(province) {
    deviceMemory.set("province", province);
    this.province = province;
    this.conversation.preferences = this.preferences;
  }

  async clear() {
    this.composer.text = "";
    this.panel.close();
    this.frame.querySelector(".menu").open = false;
    this.composer.field.focus();
    const isWiped = await this.conversation.clear();
    this.tell(isWiped ? "cleared" : "cleared_here_only");
  }

  onFinished(turn) {
    this.parts.starters.hidden = true;
    this.parts.conversation.add(turn);
  }

  onUnsent(turns) {
    if (turns.length > 0) this.parts.starters.hidden = true;
    this.parts.conversation.showUnsent(turns);
    if (turns.some((turn) => turn.state === "waiting") && this.readiness.state === "ready") this.readiness.check();
  }

  onRestored(turns) {
    this.parts.starters.hidden = turns.length > 0;
    this.parts.conversation.fill(turns);
  }

  onReadiness(state) {
    this.showReadiness(state);
    if (state !== "ready") return;
    this.tell("state_ready_again");
    this.conversation.sendWaiting();
    this.restore();
  }

  showReadiness(state) {
    this.parts.banner.textContent = state === "ready" ? "" : this.say(`state_${state}`);
    this.parts.banner.hidden = state === "ready";
  }

  tell(key) {
    this.composer.tell(key ? this.say(key) : null);
  }
}
