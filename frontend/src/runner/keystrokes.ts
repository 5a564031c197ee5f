const PAUSE_MS = 120;
const LONGEST_MS = 400;

/** Puts off what typing sets in motion until the hand pauses, at most a moment: the last of each burst is done. */
export class Keystrokes {
  private waiting: (() => void) | null = null;
  private timer = 0;
  private since = 0;

  put(commit: () => void): void {
    const now = performance.now();
    if (this.waiting === null) this.since = now;
    this.waiting = commit;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settle(), Math.max(0, Math.min(PAUSE_MS, this.since + LONGEST_MS - now)));
  }

  /** Does what waits now: a question or the page is left, or the answers are wanted. */
  settle(): void {
    window.clearTimeout(this.timer);
    const commit = this.waiting;
    this.waiting = null;
    commit?.();
  }
}

/** Work that may wait until nothing else is to be done; Safari knows no idle time and gets a moment later. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work, 100);
}
