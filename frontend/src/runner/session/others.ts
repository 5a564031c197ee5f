import { deliverAll } from '../net/queue';
import type { LocalRecord } from '../store/database';
import { change, discard, keyOf, unsent } from '../store/records';
import type { Draft } from './draft';

/** This account's other questionnaires on this device that the server does not have as they are. */
export class Others {
  constructor(private readonly draft: Draft) {}

  async look(): Promise<void> {
    const all = await unsent(this.draft.database, this.draft.place.account);
    this.draft.state.waiting = all.filter((record) => record.key !== this.draft.key);
  }

  /** A record's changes are thrown away; the page opens anew with what the server has. */
  async discard(submission: string): Promise<void> {
    const { place, database } = this.draft;
    await discard(database, keyOf(place.account, submission));
    if (submission === place.submission) return this.draft.leave(location.href);
    await this.look();
  }

  /** Takes a record out of the queue, so that it is not sent. */
  async holdBack(record: LocalRecord): Promise<void> {
    await change(this.draft.database, record.key, { queued: null });
    await this.look();
  }

  async deliver(): Promise<void> {
    const { state, database, api, place } = this.draft;
    if (!state.network || !state.waiting.some((record) => record.queued)) return;
    await deliverAll(database, api, place.account);
    await this.look();
  }
}
