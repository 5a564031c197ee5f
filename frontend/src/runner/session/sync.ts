import type { Answer, Kept } from '../net/api';
import { givePhotos } from '../net/queue';
import type { Draft } from './draft';

const SERVER_MS = 3_000;

/** The way of the answers from this device to the server's draft. */
export class Sync {
  private timer = 0;
  private running: Promise<void> | null = null;

  constructor(private readonly draft: Draft) {
    draft.onChange = () => this.soon();
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), SERVER_MS);
  }

  /** Gives the server what it does not have; a second call joins the one under way. */
  now(): Promise<void> {
    this.running ??= this.give().finally(() => (this.running = null));
    return this.running;
  }

  /** Once nothing is under way. */
  async settled(): Promise<void> {
    await this.running;
  }

  private async give(): Promise<void> {
    const { draft } = this;
    await draft.toDevice();
    if (draft.state.phase !== 'open' || draft.record.queued || draft.record.saved || draft.state.conflict) return;
    const { xml, version, form, asked } = draft.record;
    const photos = await givePhotos(draft.database, draft.api, draft.record);
    if (photos.kind !== 'done') return this.settle(photos as Answer<never>);
    await this.settle(await draft.api.save(draft.place.submission, { xml, version, form, asked }), xml);
  }

  /** What became of a call. `xml`: what was given, when it was this record. */
  async settle(answer: Answer<Kept>, xml = ''): Promise<void> {
    const { draft } = this;
    const { state } = draft;
    state.network = answer.kind !== 'offline';
    state.login = answer.kind === 'login';
    if (answer.kind === 'overtaken') state.conflict = answer.body;
    else if (answer.kind === 'refused') state.told = answer.body.told;
    else if (answer.kind === 'gone') state.told = ['服务器上已没有这份调查表，或您不再有权填报。本机内容仍保留。'];
    else if (answer.kind === 'done') {
      const saved = draft.record.xml === xml; // typing went on meanwhile: the rest follows
      await draft.keep({ version: answer.body.version, saved });
      if (saved && answer.body.form !== draft.record.form) return draft.leave(location.href); // a new edition meanwhile
      if (saved && state.saved === 'device') state.saved = 'server';
      else this.soon();
    }
  }
}
