import { discard } from '../store/records';
import type { Draft } from './draft';
import type { Sync } from './sync';

/** Where this device and the server have parted: either version can be chosen, and the other is not lost. */
export class Parting {
  constructor(
    private readonly draft: Draft,
    private readonly sync: Sync,
  ) {}

  /** This device's version stands, built on what the server has now. */
  async keepMine(): Promise<void> {
    const there = this.draft.state.conflict;
    if (!there) return;
    this.draft.state.conflict = null;
    await this.draft.keep({ version: there.version, saved: false });
    await this.sync.now();
  }

  /** The server's version stands; this device's is put aside and can be taken back. */
  async takeTheirs(): Promise<void> {
    const { draft } = this;
    const there = draft.state.conflict;
    if (!there) return;
    draft.state.conflict = null;
    if (!there.xml) {
      await discard(draft.database, draft.key);
      return draft.leave(draft.place.back);
    }
    await draft.adopt({ ...draft.from(there), other: draft.record.xml, otherForm: draft.record.form });
  }

  /** Exchanges what is shown with the version that was put aside. */
  async takeBack(): Promise<void> {
    const { draft } = this;
    await draft.toDevice();
    const { other, otherForm, form, xml } = draft.record;
    if (otherForm !== form) return this.carryOver();
    await draft.adopt({ ...draft.record, xml: other, other: xml, saved: false });
    await this.sync.now();
  }

  /** What was put aside was typed by an older edition: the server knows both and carries it over. */
  private async carryOver(): Promise<void> {
    const { draft } = this;
    const { other, otherForm, version, asked } = draft.record;
    const answer = await draft.api.save(draft.place.submission, { xml: other, version, form: otherForm, asked });
    if (answer.kind !== 'done') return this.sync.settle(answer);
    await discard(draft.database, draft.key);
    draft.leave(location.href);
  }
}
