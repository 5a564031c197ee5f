import type { RootNode } from '@getodk/xforms-engine';

import type { Fault } from '../engine/faults';
import type { Overtaken } from '../net/api';
import type { Asked, Beside, LocalRecord, Queued } from '../store/database';

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

/** `elsewhere`: another tab of this browser has the questionnaire in hand. */
export type Phase = 'opening' | 'open' | 'elsewhere' | 'failed' | 'done';

export interface State {
  phase: Phase;
  failure: string;
  root: RootNode | null;
  saved: Saved;
  network: boolean;
  login: boolean; // the server asks to log in again
  full: boolean; // the device has no room left
  offlineReady: boolean;
  sendsAlone: boolean; // the browser sends what waits also when no page is open
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

export const unopened = (): State => ({
  phase: 'opening',
  failure: '',
  root: null,
  saved: 'server',
  network: true,
  login: false,
  full: false,
  offlineReady: false,
  sendsAlone: false,
  canSend: false,
  beside: null,
  asked: null,
  remarks: new Map(),
  prefilled: new Set(),
  queued: null,
  told: [],
  judged: false,
  faults: [],
  toConfirm: [],
  conflict: null,
  other: false,
  progress: { done: 0, total: 0 },
  waiting: [],
});
