const PATIENCE_MS = 3_000;

/**
 * Which of a browser's tabs has a questionnaire in hand: one at a time. Where the browser knows no locks (no HTTPS),
 * every tab has it, and the server's version tells of changes made in another.
 */
export class Hold {
  private release: (() => void) | null = null;
  private readonly channel: BroadcastChannel | null;

  /** `finish`: writes down what is being typed before another tab gets the questionnaire. `lost`: it has it now. */
  constructor(
    private readonly name: string,
    private readonly finish: () => Promise<void>,
    private readonly lost: () => void,
  ) {
    this.channel = 'locks' in navigator ? new BroadcastChannel(name) : null;
    this.channel?.addEventListener('message', () => void this.yield());
  }

  /** True: this tab has it from now on. False: another has. */
  take(): Promise<boolean> {
    return this.channel && !this.release ? this.request({ ifAvailable: true }) : Promise.resolve(true);
  }

  /** Asks the other tab to write down what it has and to let go; from one that does not answer it is taken away. */
  async demand(): Promise<void> {
    this.channel?.postMessage('wanted');
    const given = await this.request({ signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!given) await this.request({ steal: true });
  }

  private request(options: LockOptions): Promise<boolean> {
    return new Promise((have) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        have(lock !== null);
        return lock ? new Promise((release) => (this.release = release)) : undefined;
      };
      navigator.locks.request(this.name, options, held).catch(() => {
        have(false); // nobody let go in time; or, when it was held already, it was taken away
        if (this.release) this.let();
      });
    });
  }

  private async yield(): Promise<void> {
    if (!this.release) return;
    await this.finish();
    this.let();
  }

  private let(): void {
    const release = this.release;
    this.release = null;
    this.lost();
    release?.();
  }
}
