// <guidebook-chat>: the officer's chat as one element. It joins the parts and decides nothing itself: parts speak by
// events, the conversation keeps the state, and a change of language rebuilds what is shown from that state.
// Attributes: `lang` (en, ur), `province`, `whole-page` (the element also sets the page's language, direction and title),
// `shared-device` (others use this device: nothing stays in the browser).

import { Bars } from "./bars.js";
import { Composer } from "./composer.js";
import { ContentsPanel } from "./contents-panel.js";
import { ConversationView } from "./conversation-view.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { declareUrduFont } from "./fonts.js";
import { headerView } from "./header.js";
import { IDLE_MINUTES, Idle } from "./idle.js";
import { Masking } from "./masking.js";
import { openingView, startersView } from "./opening.js";
import { copy, share } from "./plain-text.js";
import { print } from "./printing.js";
import { Readiness } from "./readiness.js";
import { SourcePanel } from "./source-panel.js";
import { deviceMemory, isShared, setShared, tabMemory } from "./storage.js";
import { LANGUAGES, speaker } from "./strings.js";
import { styleSheet } from "./style-sheet.js";
import { SwitchedOff } from "./switched-off.js";

const DEFAULT_PROVINCE = "kp";
const EVERYWHERE = "pakistan";

export class GuidebookChat extends HTMLElement {
  constructor() {
    super();
    this.conversation = new Conversation();
    this.readiness = new Readiness();
    this.masking = new Masking();
    this.idle = new Idle();
    this.bars = new Bars();
    this.isRestored = false;
    this.frame = el("div", { class: "frame", hidden: true });
    this.listenToParts();
    this.listenToState();
  }

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(styleSheet(this.frame), this.frame);
    declareUrduFont();
    if (this.hasAttribute("shared-device")) setShared(true);
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
    this.idle.stop();
    this.bars.stop();
    this.parts.conversation.stop();
  }

  async start() {
    this.readiness.start();
    await this.loadMasking();
    this.composer.onInput(); // for what was typed before the rules were here
    await this.restore();
    if (isShared()) this.idle.start(false);
  }

  async loadMasking() {
    await this.masking.load();
    this.conversation.mask = this.masking.isLoaded ? (text) => this.masking.mask(text) : null;
  }

  async restore() {
    if (this.isRestored) return;
    this.isRestored = await this.conversation.restore();
    if (this.hasAttribute("whole-page")) this.parts.conversation.showLast();
  }

  listenToParts() {
    const on = (name, act) => this.frame.addEventListener(name, (event) => act(event.detail, event));
    const opener = () => this.shadowRoot.activeElement;
    on("guidebook-ask", (text) => this.ask(text));
    on("guidebook-press", (text) => this.ask(text, { lang: this.lang }));
    on("guidebook-everywhere", (turn) => this.ask(turn.text, { province: EVERYWHERE }));
    on("guidebook-draft", (text) => this.keepDraft(text));
    on("guidebook-again", (turn) => this.sendAgain(turn));
    on("guidebook-change", (turn) => this.changeQuestion(turn));
    on("guidebook-source", (source) => this.panel.open(source, opener()));
    on("guidebook-contents", () => this.openContents(opener()));
    on("guidebook-ticks", (ticks) => this.conversation.keepTicks(ticks));
    on("guidebook-copy", async (text) => this.tell((await copy(text)) ? "copied" : "copy_failed"));
    on("guidebook-share", async (text) => (await share(text)) || this.tell("share_failed"));
    on("guidebook-language", (lang) => {
      this.turnTo(lang, true);
      this.frame.querySelector(".language").focus();
    });
    on("guidebook-province", (province) => this.chooseProvince(province));
    on("guidebook-shared", (shared) => this.chooseShared(shared));
    on("guidebook-print", () => this.print(null));
    on("guidebook-print-answer", (answer) => this.print(answer));
    on("guidebook-clear", () => this.clear());
  }

  listenToState() {
    this.conversation.addEventListener("finished", (event) => this.onFinished(event.detail));
    this.conversation.addEventListener("unsent", (event) => this.onUnsent(event.detail));
    this.conversation.addEventListener("restored", (event) => this.onRestored(event.detail));
    this.conversation.addEventListener("off", () => this.showOff());
    this.readiness.addEventListener("change", (event) => this.onReadiness(event.detail));
    this.idle.addEventListener("warn", (event) => this.holdsWords && this.composer.warn(event.detail));
    this.idle.addEventListener("kept", () => this.composer.warn(null));
    this.idle.addEventListener("over", () => this.clearUnused());
  }

  build() {
    const say = speaker(this.lang);
    const draft = this.composer ? this.composer.text : "";
    const isWhole = this.hasAttribute("whole-page");
    if (this.parts) this.parts.conversation.stop();
    this.say = say;
    this.dir = say.direction;
    this.conversation.preferences = this.preferences;
    this.composer = new Composer(say, (text) => this.masking.mask(text));
    this.contents = new ContentsPanel(say, isWhole);
    this.panel = new SourcePanel(say, isWhole);
    this.parts = {
      conversation: new ConversationView(say, { masking: this.masking, ticksOf: (turn) => this.conversation.ticksOf(turn) }),
      starters: startersView(say),
      banner: el("p", { class: "banner", role: "status" }),
      off: new SwitchedOff(say),
    };
    const otherLanguage = this.lang === "ur" ? "en" : "ur";
    const { banner, off, starters, conversation } = this.parts;
    this.frame.replaceChildren(
      headerView(say, { province: this.province, otherLanguage }),
      el("main", { class: "main" }, banner, off.view, openingView(say, isShared()), starters, conversation.view),
      this.composer.view,
      this.contents.dialog,
      this.panel.dialog,
    );
    this.composer.text = draft;
    this.onRestored(this.conversation.turns);
    this.onUnsent(this.conversation.unsent);
    this.showReadiness(this.readiness.state);
    this.showOff();
    this.bars.measure(isWhole ? document.documentElement : this.frame, this.frame.firstElementChild, this.composer.view);
    if (isWhole) this.dressPage(say);
  }

  dressPage(say) {
    document.documentElement.lang = say.lang;
    document.documentElement.dir = say.direction;
    document.title = say("page_title");
  }

  async ask(text, preferences) {
    this.tell(null);
    this.frame.querySelector(".menu").open = false;
    this.focusAfterAsking();
    await this.loadMasking();
    this.conversation.ask(text, preferences);
  }

  openContents(opener) {
    const menu = this.frame.querySelector(".menu");
    const isInMenu = menu.contains(opener);
    menu.open = false;
    this.contents.open(isInMenu ? menu.querySelector("summary") : opener);
  }

  print(answer) {
    this.frame.querySelector(".menu").open = false;
    print(this.frame, this.say, answer);
  }

  keepDraft(text) {
    if (!this.conversation.mask) return;
    const kept = this.masking.mask(text).text;
    tabMemory.set("draft", kept === "" ? null : kept);
  }

  /** Back to the field; where a finger types, to the conversation: a field with the focus covers half of it with keys. */
  focusAfterAsking() {
    const isTouch = window.matchMedia("(pointer: coarse)").matches;
    (isTouch ? this.parts.conversation.title : this.composer.field).focus({ preventScroll: isTouch });
  }

  sendAgain(turn) {
    this.focusAfterAsking();
    this.conversation.sendAgain(turn);
  }

  changeQuestion(turn) {
    const words = this.conversation.takeBack(turn);
    this.composer.text = [words, this.composer.text].filter(Boolean).join("\n");
    this.composer.field.focus();
  }

  turnTo(lang, isChosen) {
    if (isChosen) deviceMemory.set("language", lang);
    this.isLangChosen ||= isChosen;
    this.lang = lang;
    this.build();
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

  chooseShared(shared) {
    setShared(shared);
    if (shared) this.idle.start(true);
    else this.idle.stop();
    this.composer.warn(null);
  }

  async clearUnused() {
    this.composer.warn(null);
    if (!this.holdsWords) return;
    if (await this.clear()) this.composer.tell(this.say("idle_cleared", { minutes: IDLE_MINUTES }), true);
  }

  get holdsWords() {
    return this.conversation.holdsWords || this.composer.text.trim() !== "";
  }

  async clear() {
    this.composer.text = "";
    this.panel.close();
    this.contents.close();
    this.frame.querySelector(".menu").open = false;
    this.focusAfterAsking();
    const isWiped = await this.conversation.clear();
    this.tell(isWiped ? "cleared" : "cleared_here_only");
    return isWiped;
  }

  onFinished(turn) {
    this.showStarters();
    const told = turn.replies.find((reply) => reply.status === "told_language");
    const spoken = told ?? (this.isLangChosen ? null : turn.replies.at(-1));
    if (!spoken || spoken.lang === this.lang) return this.parts.conversation.add(turn);
    // In words, or by its script before one was chosen: the whole page turns; the reply comes after, so it is announced.
    this.turnTo(spoken.lang, Boolean(told));
    this.focusAfterAsking();
    this.parts.conversation.fill(this.conversation.turns.filter((each) => each !== turn));
    requestAnimationFrame(() => this.parts.conversation.add(turn));
  }

  onUnsent(turns) {
    this.showStarters();
    this.parts.conversation.showUnsent(turns);
    if (turns.some((turn) => turn.state === "waiting") && this.readiness.state === "ready") this.readiness.check();
  }

  onRestored(turns) {
    this.showStarters();
    this.parts.conversation.fill(turns);
  }

  onReadiness(state) {
    this.showReadiness(state);
    if (state !== "ready") return;
    this.tell("state_ready_again");
    this.conversation.sendWaiting();
    this.restore();
  }

  showOff() {
    this.parts.off.show(this.conversation.off);
    this.showStarters();
  }

  /** Questions to start with, while there are answers to be had. */
  showStarters() {
    const { holdsWords, off } = this.conversation;
    this.parts.starters.hidden = holdsWords || Boolean(off && !off.topics);
  }

  showReadiness(state) {
    this.parts.banner.textContent = state === "ready" ? "" : this.say(`state_${state}`);
    this.parts.banner.hidden = state === "ready";
  }

  tell(key) {
    this.composer.tell(key ? this.say(key) : null);
  }
}
