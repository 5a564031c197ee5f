import { answersXml } from '../engine/answers';
import { placed } from '../engine/faults';
import { warningsOf } from '../engine/warnings';
import type { Refused } from '../net/api';
import { wakeWhenOnline } from '../net/offline';
import { deliver, type Delivered } from '../net/queue';
import type { Queued } from '../store/database';
import { newInstanceId } from '../store/identity';
import { recordOf } from '../store/records';
import type { Draft } from './draft';
import type { Sync } from './sync';

/** 报出: judged here, soft checks confirmed, then queued and sent; without network it waits in the queue. */
export class Sending {
  // Each deed is under way once: a second press joins the first.
  private sending: Promise<void> | null = null;
  private delivering: Promise<void> | null = null;

  constructor(
    private readonly draft: Draft,
    private readonly sync: Sync,
    private readonly reopen: () => Promise<void>,
  ) {}

  send(confirmed = false): Promise<void> {
    this.sending ??= this.sendNow(confirmed).finally(() => (this.sending = null));
    return this.sending;
  }

  private async sendNow(confirmed: boolean): Promise<void> {
    const { draft } = this;
    const { state } = draft;
    if (!state.root || state.phase !== 'open') return;
    if (!draft.record.queued) {
      await draft.toDevice();
      state.judged = true;
      draft.lookOver();
      state.toConfirm = state.faults.length || confirmed ? [] : warningsOf(state.root);
      if (state.faults.length || state.toConfirm.length || state.conflict) return;
      await this.queue({ instanceId: newInstanceId(), confirmed });
    }
    await this.deliver();
  }

  private async queue(queued: Queued | null): Promise<void> {
    await this.sync.settled();
    const { draft } = this;
    const xml = queued && draft.state.root ? answersXml(draft.state.root, queued.instanceId) : draft.record.xml;
    draft.state.queued = queued;
    draft.state.told = [];
    await draft.keep({ xml, queued, told: [] });
    if (queued) draft.state.sendsAlone = await wakeWhenOnline();
  }

  /** Takes it out of the queue to change it. What the server may have got already is found out when it is sent again. */
  async unqueue(): Promise<void> {
    await this.queue(null);
  }

  /** Once nothing is under way. */
  async settled(): Promise<void> {
    await this.delivering;
  }

  deliver(): Promise<void> {
    this.delivering ??= this.deliverNow().finally(() => (this.delivering = null));
    return this.delivering;
  }

  private async deliverNow(): Promise<void> {
    const { draft } = this;
    const answer = await deliver(draft.database, draft.api, draft.key);
    draft.state.network = answer.kind !== 'offline';
    draft.state.login = answer.kind === 'login';
    if (answer.kind === 'done') {
      draft.state.phase = 'done';
      return draft.leave(answer.body.url);
    }
    const stored = await recordOf(draft.database, draft.key);
    if (!stored) return this.reopen(); // sent by the browser itself meanwhile
    this.took(answer, stored);
  }

  private took(answer: Delivered, stored: Draft['record']): void {
    const { draft } = this;
    draft.record = stored;
    draft.state.queued = stored.queued;
    draft.state.told = stored.told;
    if (answer.kind === 'overtaken') draft.state.conflict = answer.body;
    if (answer.kind === 'refused') this.refused(answer.body);
  }

  private refused(body: Refused): void {
    const { state } = this.draft;
    if (!state.root || !(body.faults?.length || body.warnings?.length)) return;
    state.told = body.told;
    state.faults = placed(state.root, body.faults ?? []);
    state.toConfirm = state.faults.length ? [] : placed(state.root, body.warnings ?? []);
  }
}
