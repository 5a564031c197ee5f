import type { Database, LocalRecord } from '../store/database';
import { change, discard, markGiven, photosOf, recordOf, unsent, waiting } from '../store/records';
import type { Answer, Api } from './api';

export type Delivered = Answer<{ n: number; url: string }> | { kind: 'nothing' };

/** Photos first: answers that name a picture the server does not have are not taken. */
export async function givePhotos(database: Database, api: Api, record: LocalRecord): Promise<Answer<unknown>> {
  for (const photo of await photosOf(database, record.key)) {
    if (photo.given || !record.xml.includes(`>${photo.name}<`)) continue;
    const answer = await api.givePhoto(record.submission, photo.name, photo.blob);
    if (answer.kind !== 'done') return answer;
    await markGiven(database, photo);
  }
  return { kind: 'done', body: null };
}

/**
 * Sends one queued record. What the server took leaves the device; what it refused leaves the queue with the reason;
 * without network it stays as it is. Trying again is harmless: the instance ID counts once.
 */
export async function deliver(database: Database, api: Api, key: string): Promise<Delivered> {
  const record = await recordOf(database, key);
  if (!record?.queued) return { kind: 'nothing' };
  const photos = await givePhotos(database, api, record);
  if (photos.kind !== 'done') return settle(database, record, photos as Answer<never>);
  const { instanceId, confirmed } = record.queued;
  const answer = await api.send(record.submission, {
    xml: record.xml,
    version: record.version,
    form: record.form,
    asked: record.asked,
    instance_id: instanceId,
    confirmed,
  });
  return settle(database, record, answer);
}

async function settle(database: Database, record: LocalRecord, answer: Delivered): Promise<Delivered> {
  if (answer.kind === 'done') {
    await discard(database, record.key);
  } else if (answer.kind === 'refused') {
    const { version, told, faults, warnings } = answer.body;
    const reasons = [...told, ...[...(faults ?? []), ...(warnings ?? [])].map((fault) => fault.message)];
    const kept = version === undefined ? {} : { version, saved: true };
    await change(database, record.key, { queued: null, told: reasons, ...kept });
  } else if (answer.kind === 'overtaken') {
    await change(database, record.key, { queued: null, told: answer.body.told });
  } else if (answer.kind === 'gone') {
    await change(database, record.key, { queued: null, told: ['服务器上已没有这份调查表，或您不再有权填报。'] });
  }
  return answer;
}

/** Sends all that waits, one after another; stops at the first without network. Returns what became of each. */
export async function deliverAll(database: Database, api: Api, account: string): Promise<Map<string, Delivered>> {
  const results = new Map<string, Delivered>();
  for (const record of (await unsent(database, account)).filter((waiting) => waiting.queued)) {
    const answer = await deliver(database, api, record.key);
    results.set(record.key, answer);
    if (answer.kind === 'offline' || answer.kind === 'login') break;
  }
  return results;
}

/**
 * Sends all that waits while no page is open. Records of somebody else than who is in at this device stay where they
 * are. False: there is no network, and it is to be tried again.
 */
export async function deliverAlone(database: Database, apiOf: (submission: string) => Api): Promise<boolean> {
  for (const record of await waiting(database)) {
    const api = apiOf(record.submission);
    const there = await api.open();
    if (there.kind === 'offline') return false;
    if (there.kind !== 'done' || there.body.account !== record.account) continue;
    if ((await deliver(database, api, record.key)).kind === 'offline') return false;
  }
  return true;
}
