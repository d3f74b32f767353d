// How long nobody has used the page, for a device that others use too. Announces `warn` (the moment it will end) a minute
// before the time is up, `kept` when somebody is back, and `over`. It looks at the clock, so that a sleeping device counts.

import { tabMemory } from "./storage.js";

export const IDLE_MINUTES = 10;
const IDLE_MS = IDLE_MINUTES * 60_000;
const WARN_MS = 60_000;
// Not `scroll`: the page scrolls by itself too, as when the warning takes up room.
const SIGNS_OF_USE = ["click", "keydown", "input", "wheel", "touchmove"];

export class Idle extends EventTarget {
  constructor() {
    super();
    this.isWarned = false;
    this.touch = () => this.use();
    this.look = () => this.check();
  }

  /** Begin to count; time that passed before a reload counts too. */
  start(isFresh) {
    this.stop();
    if (isFresh || !tabMemory.get("used_at", null)) tabMemory.set("used_at", Date.now());
    for (const sign of SIGNS_OF_USE) window.addEventListener(sign, this.touch, { passive: true, capture: true });
    document.addEventListener("visibilitychange", this.look);
    this.check();
  }

  stop() {
    clearTimeout(this.timer);
    for (const sign of SIGNS_OF_USE) window.removeEventListener(sign, this.touch, { capture: true });
    document.removeEventListener("visibilitychange", this.look);
    tabMemory.set("used_at", null);
    this.isWarned = false;
  }

  use() {
    if (!this.isWarned && Date.now() - tabMemory.get("used_at", 0) < 1_000) return;
    tabMemory.set("used_at", Date.now());
    if (this.isWarned) this.announce("kept");
    this.isWarned = false;
    this.wait(IDLE_MS - WARN_MS);
  }

  check() {
    const left = tabMemory.get("used_at", 0) + IDLE_MS - Date.now();
    if (left <= 0) return this.end();
    if (left > WARN_MS) return this.wait(left - WARN_MS);
    if (!this.isWarned) this.announce("warn", new Date(Date.now() + left));
    this.isWarned = true;
    this.wait(left);
  }

  end() {
    this.isWarned = false;
    tabMemory.set("used_at", Date.now());
    this.wait(IDLE_MS - WARN_MS);
    this.announce("over");
  }

  wait(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.look, ms);
  }

  announce(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
