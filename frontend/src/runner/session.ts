import { inject, markRaw, shallowReactive, type InjectionKey } from 'vue';
import type { RootNode } from '@getodk/xforms-engine';

import { answersXml } from './engine/answers';
import { openFirstRows, progressOf } from './engine/entries';
import { faultsOf, placed, type Fault } from './engine/faults';
import { openForm, type OpenedForm } from './engine/load';
import { warningsOf } from './engine/warnings';
import { asked, besideNodes } from './engine/beside';
import type { Answer, Api, Kept, Opened, Overtaken, Refused, Standing } from './net/api';
import { Keystrokes, whenIdle } from './keystrokes';
import { deliver, deliverAll, givePhotos, type Delivered } from './net/queue';
import { StoreFull, type Asked, type Beside, type Database, type LocalRecord, type Queued } from './store/database';
import { newInstanceId } from './store/identity';
import { change, discard, keep, keepPhoto, keyOf, photosOf, recordOf, unsent } from './store/records';

export interface Place {
  account: string;
  submission: string;
  title: string;
  form: string;
  back: string;
  plain: string;
}

/** Where the answers are: being typed, on this device, on the server as well. */
export type Saved = 'typing' | 'device' | 'server';

export interface State {
  phase: 'opening' | 'open' | 'failed' | 'done';
  failure: string;
  root: RootNode | null;
  saved: Saved;
  network: boolean;
  login: boolean; // the server asks to log in again
  full: boolean; // the device has no room left
  offlineReady: boolean;
  canSend: boolean;
  beside: Beside | null;
  asked: Asked | null;
  remarks: ReadonlyMap<string, string[]>; // by node
  prefilled: ReadonlySet<string>; // nodes
  queued: Queued | null;
  told: string[];
  judged: boolean; // 报出 was pressed: every fault is shown, not only where one has been
  faults: Fault[];
  toConfirm: Fault[];
  conflict: Overtaken | null;
  other: boolean; // a version was put aside and can be taken back
  progress: { done: number; total: number };
  waiting: LocalRecord[]; // this account's other records that are not on the server
}

export const SESSION: InjectionKey<Session> = Symbol('session');
export const useSession = (): Session => inject(SESSION)!;

const UNSAID: Fault = { path: 'asked', label: '询问情况', message: '请写明如何询问、哪天询问。' };
const DEVICE_MS = 100;
const SERVER_MS = 3_000;
const RETRY_MS = 15_000;

/** One questionnaire open in the runner: from typing to the device, from the device to the server. */
export class Session {
  readonly state: State = shallowReactive({
    phase: 'opening', failure: '', root: null, saved: 'server', network: true, login: false, full: false,
    offlineReady: false, canSend: false, beside: null, asked: null, remarks: new Map(), prefilled: new Set(), queued: null, told: [], judged: false, faults: [], toConfirm: [],
    conflict: null, other: false, progress: { done: 0, total: 0 }, waiting: [],
  });
  /** By node: what was typed and cannot be read as the question's type. It is a fault, and no answer. */
  readonly typed = new Map<string, string>();
  private readonly key: string;
  private record!: LocalRecord;
  private form: { address: string; opened: Promise<OpenedForm> } | null = null;
  private readonly keystrokes: Keystrokes;
  private deviceTimer = 0;
  private serverTimer = 0;
  // Each deed is under way once: a second press joins the first.
  private syncing: Promise<void> | null = null;
  private sending: Promise<void> | null = null;
  private delivering: Promise<void> | null = null;

  constructor(
    readonly place: Place,
    private readonly database: Database,
    private readonly api: Api,
    private readonly leave: (url: string) => void,
  ) {
    this.key = keyOf(place.account, place.submission);
    this.keystrokes = new Keystrokes();
  }

  /** Opens what is newest: this device's own, or the server's; both are shown where they have parted. */
  async open(): Promise<void> {
    try {
      void this.formAt(this.place.form).catch(() => null); // most likely the one: loaded while the server answers
      const [local, answer] = await Promise.all([recordOf(this.database, this.key), this.api.open()]);
      if (answer.kind === 'done') await this.openWith(local, answer.body);
      else await this.openAlone(local, answer);
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
    await this.lookAround();
    window.setInterval(() => void this.retry(), RETRY_MS);
  }

  private async openAlone(local: LocalRecord | undefined, answer: Answer<Opened>): Promise<void> {
    this.state.network = answer.kind !== 'offline';
    this.state.login = answer.kind === 'login';
    if (answer.kind === 'gone') return this.fail('没有这份调查表，或您不再有权填报。');
    if (!local) return this.fail('没有网络，本机也没有这份调查表。请联网后打开一次。');
    this.state.canSend = true; // the server has the last word
    await this.show(local);
  }

  private async openWith(local: LocalRecord | undefined, there: Opened): Promise<void> {
    this.state.canSend = there.can_send;
    if (!there.xml) {
      if (local?.queued && local.queued.instanceId === there.instance_id) await discard(this.database, this.key);
      if (!local || local.saved || local.queued?.instanceId === there.instance_id) return this.leave(this.place.back);
      await this.show(local);
      return this.settle({ kind: 'overtaken', body: { ...there, told: ['这份调查表已经报出。'], changes: [] } });
    }
    if (!local || (local.saved && !local.queued)) {
      await this.show(this.from(there));
      return this.storing(() => keep(this.database, this.record));
    }
    if (local.form !== there.form) {
      // Typed by an older edition: the server's stands, this device's is put aside, to be carried over when wanted.
      await this.show({ ...this.from(there), other: local.xml, otherForm: local.form });
      return this.storing(() => keep(this.database, this.record));
    }
    await this.show({ ...local, beside: there.beside });
    void this.retry();
  }

  /** The server's draft as a record of this device. */
  private from(there: Standing): LocalRecord {
    const { account, submission, title } = this.place;
    const { form, version, xml, beside } = there;
    return {
      key: this.key, account, submission, title, form, version, xml, saved: true, queued: null, told: [], other: '',
      otherForm: '', asked: asked(beside), beside,
    };
  }

  private formAt(address: string): Promise<OpenedForm> {
    if (this.form?.address !== address) {
      this.form = { address, opened: this.api.form(address).then(openForm) };
    }
    return this.form.opened;
  }

  private async show(record: LocalRecord): Promise<void> {
    const form = await this.formAt(record.form);
    this.record = record;
    const photos = await photosOf(this.database, this.key);
    const files = photos.map((photo) => new File([photo.blob], photo.name, { type: photo.blob.type }));
    const root = await form.restore(record.xml, files);
    openFirstRows(root);
    this.typed.clear();
    Object.assign(this.state, besideNodes(root, record.beside), {
      root: markRaw(root), phase: 'open', queued: record.queued, told: record.told, other: record.other !== '',
      beside: record.beside, asked: record.asked ?? asked(record.beside),
      saved: record.saved ? 'server' : 'device', progress: progressOf(root), faults: [], judged: false,
    });
  }

  private fail(message: string): void {
    this.state.failure = message;
    this.state.phase = 'failed';
  }

  /** What is being typed reaches the form when the hand pauses, so that the keys are seen at once. */
  typing(commit: () => void): void {
    this.state.saved = 'typing';
    this.keystrokes.put(commit);
  }

  /** After every change of an answer: to the device at once, to the server a little later. */
  changed(): void {
    this.state.saved = 'typing';
    this.deviceTimer ||= window.setTimeout(() => void this.toDevice(), DEVICE_MS); // also while typing goes on
    window.clearTimeout(this.serverTimer);
    this.serverTimer = window.setTimeout(() => void this.sync(), SERVER_MS);
  }

  /** Writes what is typed to the device now; also when a question or the page is left. */
  async toDevice(): Promise<void> {
    this.keystrokes.settle();
    window.clearTimeout(this.deviceTimer);
    this.deviceTimer = 0;
    const { root } = this.state;
    if (!root || this.state.saved !== 'typing') return;
    this.record = { ...this.record, xml: answersXml(root, this.record.queued?.instanceId ?? 'uuid:draft'), asked: this.state.asked, saved: false, told: [] };
    this.state.told = [];
    this.state.saved = 'device';
    await this.storing(() => keep(this.database, this.record));
    whenIdle(() => this.lookOver());
  }

  /** What follows from the answers as a whole: first rows of repeats that came into sight, progress, what is left to mend. */
  private lookOver(): void {
    const { root } = this.state;
    if (!root) return;
    if (openFirstRows(root)) this.changed();
    this.state.progress = progressOf(root);
    if (this.state.judged) this.judge();
  }

  private async storing(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.state.full = false;
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      this.state.full = true;
      this.state.saved = 'typing';
    }
  }

  async addPhoto(photo: File): Promise<boolean> {
    await this.storing(() => keepPhoto(this.database, this.key, photo));
    return !this.state.full;
  }

  /** A picture that was given on another device. */
  fetchPhoto(name: string): Promise<File | null> {
    return this.api.photo(this.place.submission, name);
  }

  /** Gives the server what it does not have; one at a time. */
  async sync(): Promise<void> {
    this.syncing ??= this.syncNow().finally(() => (this.syncing = null));
    return this.syncing;
  }

  private async syncNow(): Promise<void> {
    await this.toDevice();
    if (!this.record || this.record.queued || this.record.saved || this.state.conflict) return;
    const { xml, version, form, asked } = this.record;
    const photos = await givePhotos(this.database, this.api, this.record);
    if (photos.kind !== 'done') return this.settle(photos as Answer<never>);
    await this.settle(await this.api.save(this.place.submission, { xml, version, form, asked }), xml);
  }

  private async settle(answer: Answer<Kept>, xml = ''): Promise<void> {
    this.state.network = answer.kind !== 'offline';
    this.state.login = answer.kind === 'login';
    if (answer.kind === 'overtaken') this.state.conflict = answer.body;
    else if (answer.kind === 'refused') this.state.told = answer.body.told;
    else if (answer.kind === 'gone') this.state.told = ['服务器上已没有这份调查表，或您不再有权填报。本机内容仍保留。'];
    else if (answer.kind === 'done') {
      const saved = this.record.xml === xml; // typing went on meanwhile: the rest follows
      this.record = { ...this.record, version: answer.body.version, saved };
      await this.storing(() => keep(this.database, this.record));
      if (saved && answer.body.form !== this.record.form) return this.leave(location.href); // a new edition meanwhile
      if (saved && this.state.saved === 'device') this.state.saved = 'server';
      else this.serverTimer = window.setTimeout(() => void this.sync(), SERVER_MS);
    }
  }

  private judge(): void {
    if (!this.state.root) return;
    const { beside, asked } = this.state;
    const unsaid = beside?.asking && !(asked?.how && asked.on) ? [UNSAID] : [];
    this.state.faults = [...unsaid, ...faultsOf(this.state.root, this.typed)];
  }

  /** How and when the unit was asked, said by the officer who fills in for it. */
  say(asked: Asked): void {
    this.state.asked = asked;
    this.changed();
  }

  /** 报出: judged here, soft checks confirmed, then queued and sent; without network it waits in the queue. */
  send(confirmed = false): Promise<void> {
    this.sending ??= this.sendNow(confirmed).finally(() => (this.sending = null));
    return this.sending;
  }

  private async sendNow(confirmed: boolean): Promise<void> {
    const { root } = this.state;
    if (!root || this.state.phase !== 'open') return;
    if (!this.record.queued) {
      await this.toDevice();
      this.state.judged = true;
      this.lookOver();
      this.state.toConfirm = this.state.faults.length || confirmed ? [] : warningsOf(root);
      if (this.state.faults.length || this.state.toConfirm.length || this.state.conflict) return;
      await this.queue({ instanceId: newInstanceId(), confirmed: true });
    }
    await this.deliver();
  }

  private async queue(queued: Queued | null): Promise<void> {
    await this.syncing;
    const { root } = this.state;
    const xml = queued && root ? answersXml(root, queued.instanceId) : this.record.xml;
    this.record = { ...this.record, xml, queued, told: [] };
    this.state.queued = queued;
    this.state.told = [];
    await this.storing(() => keep(this.database, this.record));
  }

  /** Takes it out of the queue to change it. What the server may have got already is found out when it is sent again. */
  async unqueue(): Promise<void> {
    await this.queue(null);
  }

  private deliver(): Promise<void> {
    this.delivering ??= this.deliverNow().finally(() => (this.delivering = null));
    return this.delivering;
  }

  private async deliverNow(): Promise<void> {
    const answer = await deliver(this.database, this.api, this.key);
    this.state.network = answer.kind !== 'offline';
    this.state.login = answer.kind === 'login';
    if (answer.kind === 'done') {
      this.state.phase = 'done';
      return this.leave(answer.body.url);
    }
    await this.refreshed(answer);
  }

  private async refreshed(answer: Delivered): Promise<void> {
    this.record = (await recordOf(this.database, this.key)) ?? this.record;
    this.state.queued = this.record.queued;
    this.state.told = this.record.told;
    if (answer.kind === 'overtaken') this.state.conflict = answer.body;
    if (answer.kind === 'refused') this.refused(answer.body);
  }

  private refused(body: Refused): void {
    const { root } = this.state;
    if (!root || !(body.faults?.length || body.warnings?.length)) return;
    this.state.told = body.told;
    this.state.faults = placed(root, body.faults ?? []);
    this.state.toConfirm = this.state.faults.length ? [] : placed(root, body.warnings ?? []);
  }

  /** In a conflict: this device's version stands, built on what the server has now. */
  async keepMine(): Promise<void> {
    const there = this.state.conflict;
    if (!there) return;
    this.record = { ...this.record, version: there.version, saved: false };
    this.state.conflict = null;
    await this.storing(() => keep(this.database, this.record));
    await this.sync();
  }

  /** In a conflict: the server's version stands; this device's is put aside and can be taken back. */
  async takeTheirs(): Promise<void> {
    const there = this.state.conflict;
    if (!there) return;
    this.state.conflict = null;
    if (!there.xml) {
      await discard(this.database, this.key);
      return this.leave(this.place.back);
    }
    await this.show({ ...this.from(there), other: this.record.xml, otherForm: this.record.form });
    await this.storing(() => keep(this.database, this.record));
  }

  /** Exchanges what is shown with the version that was put aside. */
  async takeBack(): Promise<void> {
    await this.toDevice();
    const { other, otherForm, form, xml } = this.record;
    if (otherForm !== form) return this.carryOver();
    await this.show({ ...this.record, xml: other, other: xml, saved: false });
    await this.storing(() => keep(this.database, this.record));
    await this.sync();
  }

  /** What was put aside was typed by an older edition: the server knows both and carries it over. */
  private async carryOver(): Promise<void> {
    const { other, otherForm, version, asked } = this.record;
    const answer = await this.api.save(this.place.submission, { xml: other, version, form: otherForm, asked });
    if (answer.kind !== 'done') return this.settle(answer);
    await discard(this.database, this.key);
    this.leave(location.href);
  }

  /** This device's changes are thrown away; the page opens anew with what the server has. */
  async discard(submission: string): Promise<void> {
    await discard(this.database, keyOf(this.place.account, submission));
    if (submission === this.place.submission) return this.leave(location.href);
    await this.lookAround();
  }

  /** Takes another of this device's records out of the queue, so that it is not sent. */
  async holdBack(record: LocalRecord): Promise<void> {
    await change(this.database, record.key, { queued: null });
    await this.lookAround();
  }

  private async lookAround(): Promise<void> {
    const all = await unsent(this.database, this.place.account);
    this.state.waiting = all.filter((record) => record.key !== this.key);
  }

  /** When the network may be back, and now and then: all that waits. */
  async retry(): Promise<void> {
    if (this.state.phase !== 'open') return;
    if (this.record.queued) await this.deliver();
    else await this.sync();
    if (this.state.network && this.state.waiting.some((record) => record.queued)) {
      await deliverAll(this.database, this.api, this.place.account);
      await this.lookAround();
    }
  }
}
