import { writing, type Database, type LocalPhoto, type LocalRecord } from './database';

export const keyOf = (account: string, submission: string): string => `${account}:${submission}`;

export const recordOf = (database: Database, key: string): Promise<LocalRecord | undefined> =>
  database.get('records', key);

/** Written through to the disk: it outlasts the browser, and a battery that goes flat. */
export async function keep(database: Database, record: LocalRecord): Promise<void> {
  const transaction = database.transaction('records', 'readwrite', { durability: 'strict' });
  await writing(Promise.all([transaction.store.put(record), transaction.done]));
}

/** Changes a record as it is stored now; nothing when it is gone. */
export async function change(database: Database, key: string, changes: Partial<LocalRecord>): Promise<void> {
  const transaction = database.transaction('records', 'readwrite');
  const found = await transaction.store.get(key);
  if (found) await transaction.store.put({ ...found, ...changes });
  await writing(transaction.done);
}

/** Takes a record off the device, with its photos. */
export async function discard(database: Database, key: string): Promise<void> {
  const transaction = database.transaction(['records', 'photos'], 'readwrite');
  await transaction.objectStore('records').delete(key);
  const photos = transaction.objectStore('photos');
  for (const photo of await photos.index('record').getAllKeys(key)) await photos.delete(photo);
  await transaction.done;
}

/** This account's records that the server does not have as they are, or that wait to be sent. */
export async function unsent(database: Database, account: string): Promise<LocalRecord[]> {
  const all = await database.getAllFromIndex('records', 'account', account);
  return all.filter((record) => record.queued !== null || !record.saved);
}

/** What waits to be sent, of whomever. */
export async function waiting(database: Database): Promise<LocalRecord[]> {
  return (await database.getAll('records')).filter((record) => record.queued !== null);
}

export async function keepPhoto(database: Database, record: string, photo: File, given = false): Promise<void> {
  const kept: LocalPhoto = { key: `${record}:${photo.name}`, record, name: photo.name, blob: photo, given };
  await writing(database.put('photos', kept));
}

export const photosOf = (database: Database, record: string): Promise<LocalPhoto[]> =>
  database.getAllFromIndex('photos', 'record', record);

export async function markGiven(database: Database, photo: LocalPhoto): Promise<void> {
  await writing(database.put('photos', { ...photo, given: true }));
}
