import 'fake-indexeddb/auto';

import { beforeEach, expect, test } from 'vitest';

import type { Answer, Api, Opened } from '../../src/runner/net/api';
import { deliver, deliverAll, deliverAlone } from '../../src/runner/net/queue';
import { openDatabase, type Database, type LocalRecord } from '../../src/runner/store/database';
import { keep, keepPhoto, keyOf, photosOf, recordOf, unsent } from '../../src/runner/store/records';

type Sending = Parameters<Api['send']>;

/** A server that answers as told, and remembers what it was asked. */
class Server implements Api {
  network = true;
  answer: Answer<{ n: number; url: string }> = { kind: 'done', body: { n: 1, url: '/submissions/1' } };
  readonly sent: Sending[] = [];
  readonly photos: string[] = [];

  async send(...sending: Sending): Promise<Answer<{ n: number; url: string }>> {
    if (!this.network) return { kind: 'offline' };
    this.sent.push(sending);
    return this.answer;
  }
  async givePhoto(_: string, name: string): Promise<Answer<{ name: string }>> {
    if (!this.network) return { kind: 'offline' };
    this.photos.push(name);
    return { kind: 'done', body: { name } };
  }
  account = '7'; // who is in at the device
  async open(): Promise<Answer<Opened>> {
    if (!this.network) return { kind: 'offline' };
    const there = { version: 3, state: 'draft', instance_id: '', form: '/form', xml: '<a/>', beside: null };
    return { kind: 'done', body: { ...there, account: this.account, can_send: true } };
  }
  form = (): never => {
    throw new Error('not asked for');
  };
  save = this.form;
  photo = this.form;
}

let database: Database;
let server: Server;
let number = 0;

beforeEach(async () => {
  database = await openDatabase(`test-${(number += 1)}`);
  server = new Server();
});

async function queued(submission: string, changes: Partial<LocalRecord> = {}): Promise<string> {
  const key = keyOf('7', submission);
  await keep(database, {
    key, account: '7', submission, title: '甲公司', form: '/form', version: 3, xml: '<a>1</a>', saved: false,
    queued: { instanceId: `uuid:${submission}`, confirmed: true }, told: [], other: '', otherForm: '', asked: null,
    beside: null, ...changes,
  });
  return key;
}

test('what the server took leaves the device', async () => {
  const key = await queued('1');
  await deliver(database, server, key);
  expect(server.sent).toEqual([
    ['1', { xml: '<a>1</a>', version: 3, form: '/form', asked: null, instance_id: 'uuid:1', confirmed: true }],
  ]);
  expect(await recordOf(database, key)).toBeUndefined();
});

test('without network it stays in the queue, and is tried again under the same instance', async () => {
  const key = await queued('1');
  server.network = false;
  await deliver(database, server, key);
  await deliver(database, server, key);
  server.network = true;
  await deliver(database, server, key);
  await deliver(database, server, key);
  expect(server.sent.map(([, sent]) => sent.instance_id)).toEqual(['uuid:1']);
});

test('a record that is not queued is not sent', async () => {
  const key = await queued('1', { queued: null });
  expect(await deliver(database, server, key)).toEqual({ kind: 'nothing' });
  expect(server.sent).toEqual([]);
});

test('what the server refuses leaves the queue with the reason, and stays on the device', async () => {
  const key = await queued('1');
  server.answer = { kind: 'refused', body: { told: [], version: 4, faults: [{ path: '/a', message: '必填' }] } };
  await deliver(database, server, key);
  expect(await recordOf(database, key)).toMatchObject({ queued: null, told: ['必填'], version: 4, xml: '<a>1</a>' });
});

test('a conflict leaves the queue and loses nothing', async () => {
  const key = await queued('1');
  const there = { version: 9, state: 'sent', instance_id: '', form: '', xml: '', beside: null };
  server.answer = { kind: 'overtaken', body: { ...there, told: ['已报出'], changes: [] } };
  await deliver(database, server, key);
  expect(await recordOf(database, key)).toMatchObject({ queued: null, told: ['已报出'], version: 3, xml: '<a>1</a>' });
});

test('photos that the answers name go first, each once; others stay', async () => {
  const key = await queued('1', { xml: '<a><p>x.jpg</p></a>' });
  await keepPhoto(database, key, new File(['x'], 'x.jpg'));
  await keepPhoto(database, key, new File(['y'], 'removed.jpg'));
  server.answer = { kind: 'offline' };
  await deliver(database, server, key);
  await deliver(database, server, key);
  expect(server.photos).toEqual(['x.jpg']);
  expect(server.sent).toHaveLength(2);
});

test('all that waits is sent, one after another; the first without network ends the round', async () => {
  await queued('1');
  await queued('2');
  await queued('3', { queued: null, saved: true });
  server.network = false;
  expect((await deliverAll(database, server, '7')).size).toBe(1);
  server.network = true;
  expect((await deliverAll(database, server, '7')).size).toBe(2);
  expect(await unsent(database, '7')).toEqual([]);
});

test("another account's records are neither shown nor sent", async () => {
  await queued('1', { account: '8', key: keyOf('8', '1') });
  expect(await unsent(database, '7')).toEqual([]);
  expect((await deliverAll(database, server, '7')).size).toBe(0);
});

test('a record that leaves the device takes its photos along', async () => {
  const key = await queued('1', { xml: '<a><p>x.jpg</p></a>' });
  await keepPhoto(database, key, new File(['x'], 'x.jpg'));
  await deliver(database, server, key);
  expect(await photosOf(database, key)).toEqual([]);
});

test('without a page all that waits is sent, also after a try without network', async () => {
  await queued('1');
  await queued('2');
  await queued('3', { queued: null });
  server.network = false;
  expect(await deliverAlone(database, () => server)).toBe(false);
  server.network = true;
  expect(await deliverAlone(database, () => server)).toBe(true);
  expect(server.sent.map(([submission]) => submission)).toEqual(['1', '2']);
});

test('without a page nothing of an account is sent while another is in at the device', async () => {
  const key = keyOf('8', '1');
  await queued('1', { account: '8', key });
  expect(await deliverAlone(database, () => server)).toBe(true);
  expect(server.sent).toEqual([]);
  expect(await recordOf(database, key)).toMatchObject({ queued: { instanceId: 'uuid:1' } });
  server.account = '8';
  await deliverAlone(database, () => server);
  expect(server.sent).toHaveLength(1);
});
