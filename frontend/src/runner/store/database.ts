import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A press of 报出 that waits for the network. The instance ID makes it count once, however often it is tried. */
export interface Queued {
  instanceId: string;
  confirmed: boolean; // the soft checks were shown and confirmed
}

/** How and when an officer asked the unit for which he fills in. */
export interface Asked {
  how: string;
  on: string;
}

/** What the server says beside the answers; places are paths of nodes. Kept for work without network. */
export interface Beside {
  remark: string;
  remarks: { path: string; where: string; text: string }[];
  prefilled: { from: string; year: number | string; paths: string[] };
  moved: string[];
  asking: (Asked & { choices: [string, string][] }) | null;
}

/** One questionnaire on this device. */
export interface LocalRecord {
  key: string; // account:submission
  account: string;
  submission: string;
  title: string;
  form: string; // address of its form
  version: number; // of the server's draft on which it is built
  xml: string;
  saved: boolean; // the server has it as it is
  queued: Queued | null;
  told: string[]; // why the server did not take it
  other: string; // the version that was put aside in a conflict, "" when none was
  otherForm: string; // address of the form by which that was typed
  asked: Asked | null;
  beside: Beside | null;
}

export interface LocalPhoto {
  key: string; // account:submission:name
  record: string;
  name: string;
  blob: Blob;
  given: boolean; // the server has it
}

interface Schema extends DBSchema {
  records: { key: string; value: LocalRecord; indexes: { account: string } };
  photos: { key: string; value: LocalPhoto; indexes: { record: string } };
}

export type Database = IDBPDatabase<Schema>;

export function openDatabase(name = 'dajian-runner'): Promise<Database> {
  return openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('records', { keyPath: 'key' }).createIndex('account', 'account');
      database.createObjectStore('photos', { keyPath: 'key' }).createIndex('record', 'record');
    },
  });
}

/** The device has no room left: told to the person, who can free some; nothing else is lost meanwhile. */
export class StoreFull extends Error {}

/** Runs a write; a full device becomes StoreFull. */
export async function writing<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw new StoreFull();
    throw error;
  }
}
