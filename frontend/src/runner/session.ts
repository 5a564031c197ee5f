import { inject, type InjectionKey } from 'vue';

import type { Answer, Api, Opened } from './net/api';
import { Draft } from './session/draft';
import { Hold } from './session/hold';
import { Others } from './session/others';
import { Parting } from './session/parting';
import { Sending } from './session/sending';
import type { Place, State } from './session/state';
import { Sync } from './session/sync';
import type { Database, LocalRecord } from './store/database';
import { discard, recordOf } from './store/records';

export const SESSION: InjectionKey<Session> = Symbol('session');
export const useSession = (): Session => inject(SESSION)!;

const RETRY_MS = 15_000;

/** One questionnaire open in the runner: which version is opened, and what is tried again when the network returns. */
export class Session {
  readonly state: State;
  readonly draft: Draft;
  readonly sync: Sync;
  readonly sending: Sending;
  readonly parting: Parting;
  readonly others: Others;
  private readonly hold: Hold;

  constructor(
    readonly place: Place,
    private readonly database: Database,
    private readonly api: Api,
    private readonly leave: (url: string) => void,
  ) {
    this.draft = new Draft(place, database, api, leave);
    this.state = this.draft.state;
    this.sync = new Sync(this.draft);
    this.sending = new Sending(this.draft, this.sync, () => this.load());
    this.parting = new Parting(this.draft, this.sync);
    this.others = new Others(this.draft);
    this.hold = new Hold(
      `dajian-runner-${this.draft.key}`,
      () => this.finish(),
      () => (this.state.phase = 'elsewhere'),
    );
  }

  async open(): Promise<void> {
    this.draft.fetchForm(this.place.form); // most likely the one: loaded while the server answers
    if (await this.hold.take()) await this.load();
    else this.state.phase = 'elsewhere';
    window.setInterval(() => void this.retry(), RETRY_MS);
  }

  /** Before another tab goes on: what is typed is written down, what is under way comes to its end. */
  private async finish(): Promise<void> {
    await this.draft.toDevice();
    await Promise.all([this.sync.settled(), this.sending.settled()]);
  }

  /** Goes on here with what another tab has in hand; all that was typed there is here. */
  async continueHere(): Promise<void> {
    this.state.phase = 'opening';
    await this.hold.demand();
    await this.load();
  }

  /** Opens what is newest: this device's own, or the server's; both are shown where they have parted. */
  private async load(): Promise<void> {
    try {
      const [local, answer] = await Promise.all([recordOf(this.database, this.draft.key), this.api.open()]);
      if (answer.kind === 'done') await this.openWith(local, answer.body);
      else await this.openAlone(local, answer);
    } catch (error) {
      this.draft.fail(error instanceof Error ? error.message : String(error));
    }
    await this.others.look();
  }

  private async openAlone(local: LocalRecord | undefined, answer: Answer<Opened>): Promise<void> {
    this.state.network = answer.kind !== 'offline';
    this.state.login = answer.kind === 'login';
    if (answer.kind === 'gone') return this.draft.fail('没有这份调查表，或您不再有权填报。');
    if (!local) return this.draft.fail('没有网络，本机也没有这份调查表。请联网后打开一次。');
    this.state.canSend = true; // the server has the last word
    await this.draft.show(local);
  }

  private async openWith(local: LocalRecord | undefined, there: Opened): Promise<void> {
    const { draft } = this;
    this.state.canSend = there.can_send;
    if (!there.xml) return this.openSent(local, there);
    if (!local || (local.saved && !local.queued)) return draft.adopt(draft.from(there));
    if (local.form !== there.form) {
      // Typed by an older edition: the server's stands, this device's is put aside, to be carried over when wanted.
      return draft.adopt({ ...draft.from(there), other: local.xml, otherForm: local.form });
    }
    await draft.show({ ...local, beside: there.beside });
    void this.retry();
  }

  /** The server has no draft any more: it was sent, from here or by another. */
  private async openSent(local: LocalRecord | undefined, there: Opened): Promise<void> {
    const own = local?.queued?.instanceId === there.instance_id;
    if (own) await discard(this.database, this.draft.key);
    if (!local || local.saved || own) return this.leave(this.place.back);
    await this.draft.show(local);
    await this.sync.settle({ kind: 'overtaken', body: { ...there, told: ['这份调查表已经报出。'], changes: [] } });
  }

  /** When the network may be back, and now and then: all that waits. */
  async retry(): Promise<void> {
    if (this.state.phase !== 'open') return;
    if (this.draft.record.queued) await this.sending.deliver();
    else await this.sync.now();
    await this.others.deliver();
  }
}
