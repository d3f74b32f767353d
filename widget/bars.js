// How high the two bars are, as CSS variables of what scrolls: neither what is brought into sight nor what has the focus may
// lie under them, and their height depends on language, text size and window.

export class Bars {
  measure(scroller, header, composer) {
    this.stop();
    const bars = { "--above": header, "--below": composer };
    this.observer = new ResizeObserver(() => {
      for (const [name, bar] of Object.entries(bars)) scroller.style.setProperty(name, `${bar.offsetHeight}px`);
    });
    for (const bar of Object.values(bars)) this.observer.observe(bar);
  }

  stop() {
    if (this.observer) this.observer.disconnect();
  }
}
