/**
 * The service worker: opens the runner without network, and sends what waits when the network returns after the last
 * page was closed. It keeps the pages of questionnaires that were opened, the built scripts and styles, and the forms;
 * answers and photos are kept by the page itself. Nothing else is touched.
 */
import { serverApi } from './net/api';
import { deliverAlone } from './net/queue';
import { openDatabase } from './store/database';

const worker = self as unknown as ServiceWorkerGlobalScope;
const KEPT = 'dajian-runner-1';
const PATIENCE_MS = 4_000; // a phone with one bar: then the kept page is better than a white one
const RUNNER = /^\/submissions\/\d+\/fill$/;
const FORM = /^\/api\/submissions\/\d+\/form$/;
const BUILT = /^\/static\/build\/assets\//;

worker.addEventListener('install', () => void worker.skipWaiting());

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith('dajian-runner-') && name !== KEPT) await caches.delete(name);
      }
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('message', (event) => {
  const { keep } = event.data as { keep: string[] };
  event.waitUntil(keepAll(keep).then((done) => event.ports[0]?.postMessage(done)));
});

async function keepAll(addresses: string[]): Promise<boolean> {
  try {
    const cache = await caches.open(KEPT);
    for (const address of addresses) {
      if (RUNNER.test(address) || !(await cache.match(address))) await fetchAndKeep(cache, address);
    }
    return true;
  } catch {
    return false;
  }
}

async function fetchAndKeep(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok || response.redirected) throw new Error(address);
  await cache.put(address, response);
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (RUNNER.test(url.pathname)) event.respondWith(pageFirstFromServer(request, url.pathname));
  } else if (BUILT.test(url.pathname) || FORM.test(url.pathname)) {
    event.respondWith(firstFromDevice(request));
  }
});

async function firstFromDevice(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && !response.redirected && request.url.includes('?v=')) void cache.put(request.url, response.clone());
  return response;
}

async function pageFirstFromServer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(path);
  const network = fetch(request).then((response) => {
    if (response.ok && !response.redirected) void cache.put(path, response.clone());
    return response;
  });
  if (!kept) return network;
  const late = new Promise<Response>((use) => setTimeout(() => use(kept), PATIENCE_MS));
  return Promise.race([network, late]).catch(() => kept);
}

/** Background sync is not in TypeScript's library: only Chromium has it. */
interface SyncEvent extends ExtendableEvent {
  tag: string;
}
interface CookieStore {
  get(name: string): Promise<{ value: string } | null>;
}

const CSRF_COOKIE = new URL(worker.location.href).searchParams.get('csrf') ?? '';

worker.addEventListener('sync', (event: Event) => {
  const wake = event as SyncEvent;
  if (wake.tag === 'dajian-queue') wake.waitUntil(sendWaiting());
});

/** A promise that fails has the browser try again later. */
async function sendWaiting(): Promise<void> {
  const { cookieStore } = worker as unknown as { cookieStore: CookieStore };
  const token = async (): Promise<string> => (await cookieStore.get(CSRF_COOKIE))?.value ?? '';
  const database = await openDatabase();
  try {
    const done = await deliverAlone(database, (submission) => serverApi(submission, { token, told: () => {} }));
    if (!done) throw new Error('no network');
  } finally {
    database.close();
  }
}
