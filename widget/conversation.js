// The conversation: finished turns, and questions on their way. Each question walks alone through
//   sending -> (waiting -> sending)* -> finished | failed
// so one that waits never holds up the next: a message that signals danger must not queue behind a slow one.
// Events: `finished` (a turn), `unsent` (the questions on their way changed), `restored` (all finished turns), `off` (what is
// switched off).

import { fetchTranscript, newMessageId, postMessage, wipe } from "./api.js";
import { deviceMemory, tabMemory } from "./storage.js";

const FIRST_OFFLINE_WAIT_S = 2;
const LONGEST_OFFLINE_WAIT_S = 30;
const WARMING_UP_WAIT_S = 10;

export class Conversation extends EventTarget {
  constructor() {
    super();
    this.turns = [];
    this.unsent = [];
    this.off = null;
    this.clearing = 0;
    this.preferences = {};
    this.mask = null;
  }

  /** Fetch what was said before, then send what had not arrived. True when the gateway could be asked. */
  async restore() {
    if (!(await this.settleWipe())) return false;
    const clearing = this.clearing;
    const outcome = await fetchTranscript();
    if (clearing !== this.clearing) return true; // what was fetched has been forgotten since
    if (outcome.kind !== "turns") {
      this.resumeKept(new Set());
      return false;
    }
    this.takeOff(outcome.off);
    const known = new Set(this.turns.map((turn) => turn.id)); // only now: one may have been answered while this was fetched
    const kept = new Set([...this.unsent, ...tabMemory.get("unsent", [])].map((turn) => turn.id));
    const earlier = outcome.turns
      .map((turn) => ({ ...turn, replies: dangerFirst(turn.replies) }))
      .filter((turn) => !known.has(turn.id) && (isAnswered(turn) || !kept.has(turn.id)));
    this.turns = [...earlier, ...this.turns];
    this.resumeKept(new Set(this.turns.map((turn) => turn.id)));
    if (earlier.length > 0) this.announce("restored", this.turns);
    return true;
  }

  /** Ask again what is switched off: it may have changed while the page lay open. */
  async lookAtSwitch() {
    const outcome = await fetchTranscript();
    if (outcome.kind === "turns") this.takeOff(outcome.off);
  }

  takeOff(off) {
    if (JSON.stringify(off) === JSON.stringify(this.off)) return;
    this.off = off;
    this.announce("off", off);
  }

  /** Take a question: mask it, keep it, send it. `preferences` go before the general ones, for this question alone. */
  ask(text, preferences = {}) {
    const turn = { id: newMessageId(), text, masked: [], replies: [], preferences };
    this.maskTurn(turn);
    this.unsent.push(turn);
    this.deliver(turn);
    return turn;
  }

  /** Send one question again, now, under its old id: the gateway joins or repeats what it has already done. */
  sendAgain(turn) {
    if (turn.state === "waiting") turn.wake();
    else if (turn.state === "sending") turn.retry();
    else {
      if (!this.unsent.includes(turn)) this.unsent.push(turn);
      this.deliver(turn);
    }
  }

  /** Wake every waiting question, for the gateway is reachable again. */
  sendWaiting() {
    for (const turn of this.unsent.filter((each) => each.state === "waiting")) turn.wake();
  }

  /** Take a question back and return its words, to be changed. */
  takeBack(turn) {
    this.drop(turn);
    return turn.text;
  }

  /** The steps ticked off on a turn's card. They are this tab's, and go with the conversation. */
  ticksOf(turn) {
    return tabMemory.get("ticks", {})[turn.id] || [];
  }

  keepTicks({ id, ticks }) {
    tabMemory.set("ticks", { ...tabMemory.get("ticks", {}), [id]: ticks });
  }

  /** True while there is anything to forget. */
  get holdsWords() {
    return this.turns.length + this.unsent.length > 0;
  }

  /** Forget everything here and on the server. False when the server could not be reached: it is asked again later. */
  async clear() {
    for (const turn of [...this.unsent]) this.drop(turn);
    this.clearing += 1;
    this.turns = [];
    tabMemory.set("ticks", null);
    deviceMemory.set("wipe_due", true);
    this.announce("restored", this.turns);
    return this.settleWipe();
  }

  /** Wipe the server if that is still owed. One wipe at a time: a second could take a new question with it. */
  settleWipe() {
    if (!deviceMemory.get("wipe_due", false)) return Promise.resolve(true);
    this.wiping = this.wiping || this.wipeServer();
    return this.wiping;
  }

  async wipeServer() {
    const outcome = await wipe();
    this.wiping = null;
    if (outcome.kind === "wiped") deviceMemory.set("wipe_due", null);
    return outcome.kind === "wiped";
  }

  async deliver(turn) {
    let offlineWait = FIRST_OFFLINE_WAIT_S;
    turn.dropped = false;
    while (!turn.dropped) {
      const stop = new AbortController();
      turn.retry = () => stop.abort();
      this.maskTurn(turn);
      this.move(turn, "sending", null);
      await this.settleWipe();
      const message = { text: turn.text, client_message_id: turn.id, ...this.preferences, ...turn.preferences };
      const outcome = await postMessage(message, stop.signal);
      if (turn.dropped) return;
      if (outcome.kind === "stopped") continue;
      if (outcome.kind === "failed") return this.move(turn, "failed", outcome.reason);
      if (outcome.kind === "replies") {
        turn.replies = dangerFirst(outcome.replies);
        if (isAnswered(turn)) return this.finish(turn);
        if (!isWarmingUp(turn)) return this.move(turn, "failed", "told");
        this.move(turn, "waiting", "starting");
        await wakeable(turn, WARMING_UP_WAIT_S);
        continue;
      }
      const seconds = outcome.kind === "wait" ? outcome.seconds : offlineWait;
      if (outcome.kind === "offline") offlineWait = Math.min(offlineWait * 2, LONGEST_OFFLINE_WAIT_S);
      this.move(turn, "waiting", outcome.reason || "offline");
      await wakeable(turn, seconds);
    }
  }

  /** Mask as soon as the rules are here; masking what is masked changes nothing. */
  maskTurn(turn) {
    if (!this.mask) return;
    const { text, kinds } = this.mask(turn.text);
    turn.text = text;
    turn.masked = [...new Set([...turn.masked, ...kinds])];
  }

  finish(turn) {
    this.turns = [...this.turns.filter((each) => each !== turn), turn];
    this.drop(turn);
    this.announce("finished", turn);
    if (this.off || turn.replies.some((reply) => reply.status === "refused_switched_off")) this.lookAtSwitch();
  }

  move(turn, state, reason) {
    if (turn.state !== "sending" || state !== "sending") turn.since = Date.now();
    turn.state = state;
    turn.reason = reason;
    this.keepUnsent();
  }

  drop(turn) {
    turn.dropped = true;
    if (turn.retry) turn.retry();
    if (turn.wake) turn.wake();
    this.unsent = this.unsent.filter((each) => each !== turn);
    this.keepUnsent();
  }

  /** Questions are kept only once they are masked; until the rules are loaded they live in memory alone. */
  keepUnsent() {
    const kept = this.unsent.map(({ id, text, masked, state, reason, replies, preferences }) => {
      return { id, text: this.mask ? this.mask(text).text : "", masked, state, reason, replies, preferences };
    });
    if (this.mask) tabMemory.set("unsent", kept.length > 0 ? kept : null);
    this.announce("unsent", this.unsent);
  }

  resumeKept(finishedIds) {
    const here = new Set(this.unsent.map((turn) => turn.id));
    for (const turn of this.unsent.filter((each) => finishedIds.has(each.id))) this.drop(turn);
    for (const kept of tabMemory.get("unsent", [])) {
      if (here.has(kept.id) || finishedIds.has(kept.id)) continue;
      const turn = { replies: [], ...kept };
      this.unsent.push(turn);
      if (kept.state === "failed") this.move(turn, "failed", kept.reason);
      else this.deliver(turn);
    }
    this.keepUnsent();
  }

  announce(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** False while every reply only says that something failed: such a question stays with the officer. */
function isAnswered(turn) {
  return turn.replies.some((reply) => !isFailure(reply));
}

function isWarmingUp(turn) {
  return turn.replies.every((reply) => reply.status === "failed_warming_up");
}

export function isFailure(reply) {
  return reply.status.startsWith("failed");
}

/** First steps and numbers stand before anything else, in whatever order they came. */
function dangerFirst(replies) {
  const isDanger = (reply) => reply.status === "emergency";
  return [...replies.filter(isDanger), ...replies.filter((reply) => !isDanger(reply))];
}

/** Wait some seconds, or until somebody wakes the turn. */
function wakeable(turn, seconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    turn.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
