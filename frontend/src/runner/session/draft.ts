import { markRaw, shallowReactive } from 'vue';

import { answersXml } from '../engine/answers';
import { asked, besideNodes } from '../engine/beside';
import { openFirstRows, progressOf } from '../engine/entries';
import { faultsOf, type Fault } from '../engine/faults';
import { openForm, type OpenedForm } from '../engine/load';
import { Keystrokes, whenIdle } from '../keystrokes';
import type { Api, Standing } from '../net/api';
import { StoreFull, type Asked, type Database, type LocalRecord } from '../store/database';
import { keep, keepPhoto, keyOf, photosOf } from '../store/records';
import { unopened, type Place, type State } from './state';

const UNSAID: Fault = { path: 'asked', label: '询问情况', message: '请写明如何询问、哪天询问。' };
const DEVICE_MS = 100;

/** The questionnaire in hand: its answers in the engine, and the way from the keys to this device. */
export class Draft {
  readonly state: State = shallowReactive(unopened());
  /** By node: what was typed and cannot be read as the question's type. It is a fault, and no answer. */
  readonly typed = new Map<string, string>();
  readonly key: string;
  record!: LocalRecord;
  /** After every change of an answer; set by who gives it to the server. */
  onChange: () => void = () => {};
  private form: { address: string; opened: Promise<OpenedForm> } | null = null;
  private readonly keystrokes = new Keystrokes();
  private timer = 0;

  constructor(
    readonly place: Place,
    readonly database: Database,
    readonly api: Api,
    readonly leave: (url: string) => void,
  ) {
    this.key = keyOf(place.account, place.submission);
  }

  /** The server's draft as a record of this device. */
  from(there: Standing): LocalRecord {
    const { account, submission, title } = this.place;
    const { form, version, xml, beside } = there;
    return {
      key: this.key, account, submission, title, form, version, xml, saved: true, queued: null, told: [], other: '',
      otherForm: '', asked: asked(beside), beside,
    };
  }

  /** Loads the form while something else is awaited. */
  fetchForm(address: string): void {
    void this.formAt(address).catch(() => null);
  }

  private formAt(address: string): Promise<OpenedForm> {
    if (this.form?.address !== address) {
      this.form = { address, opened: this.api.form(address).then(openForm) };
    }
    return this.form.opened;
  }

  async show(record: LocalRecord): Promise<void> {
    const form = await this.formAt(record.form);
    this.record = record;
    const photos = await photosOf(this.database, this.key);
    const files = photos.map((photo) => new File([photo.blob], photo.name, { type: photo.blob.type }));
    const root = await form.restore(record.xml, files);
    openFirstRows(root);
    this.typed.clear();
    Object.assign(this.state, besideNodes(root, record.beside), {
      root: markRaw(root), phase: 'open', queued: record.queued, told: record.told, other: record.other !== '',
      beside: record.beside, asked: record.asked ?? asked(record.beside), conflict: null, toConfirm: [],
      saved: record.saved ? 'server' : 'device', progress: progressOf(root), faults: [], judged: false,
    });
  }

  /** Shows a record and keeps it on the device. */
  async adopt(record: LocalRecord): Promise<void> {
    await this.show(record);
    await this.keep({});
  }

  fail(message: string): void {
    this.state.failure = message;
    this.state.phase = 'failed';
  }

  /** Changes the record, and writes it to the device; not when another tab has the questionnaire meanwhile. */
  async keep(changes: Partial<LocalRecord>): Promise<void> {
    if (this.state.phase === 'elsewhere') return;
    this.record = { ...this.record, ...changes };
    await this.storing(() => keep(this.database, this.record));
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

  /** What is being typed reaches the form when the hand pauses, so that the keys are seen at once. */
  typing(commit: () => void): void {
    this.state.saved = 'typing';
    this.keystrokes.put(commit);
  }

  /** After every change of an answer: to the device at once, to the server a little later. */
  changed(): void {
    this.state.saved = 'typing';
    this.timer ||= window.setTimeout(() => void this.toDevice(), DEVICE_MS); // also while typing goes on
    this.onChange();
  }

  /** Writes what is typed to the device now; also when a question or the page is left. */
  async toDevice(): Promise<void> {
    this.keystrokes.settle();
    window.clearTimeout(this.timer);
    this.timer = 0;
    const { root } = this.state;
    if (!root || this.state.saved !== 'typing' || this.state.phase !== 'open') return;
    this.state.told = [];
    this.state.saved = 'device';
    const xml = answersXml(root, this.record.queued?.instanceId ?? 'uuid:draft');
    whenIdle(() => this.lookOver()); // a slow disk keeps no first row waiting
    await this.keep({ xml, asked: this.state.asked, saved: false, told: [] });
  }

  /** What follows from the answers as a whole: first rows of repeats that came into sight, progress, what is left to mend. */
  lookOver(): void {
    const { root } = this.state;
    if (!root) return;
    if (openFirstRows(root)) this.changed();
    this.state.progress = progressOf(root);
    if (this.state.judged) this.state.faults = this.faults();
  }

  private faults(): Fault[] {
    const { beside, asked, root } = this.state;
    const unsaid = beside?.asking && !(asked?.how && asked.on) ? [UNSAID] : [];
    return [...unsaid, ...faultsOf(root!, this.typed)];
  }

  /** How and when the unit was asked, said by the officer who fills in for it. */
  say(asked: Asked): void {
    this.state.asked = asked;
    this.changed();
  }

  /** False: the device has no room for it, and the page says so. */
  async addPhoto(photo: File): Promise<boolean> {
    await this.storing(() => keepPhoto(this.database, this.key, photo));
    return !this.state.full;
  }

  /** A picture that was given on another device. */
  fetchPhoto(name: string): Promise<File | null> {
    return this.api.photo(this.place.submission, name);
  }
}
