/**
 * Has the service worker keep this page, its scripts and styles, and its form. True once all of it is kept: from then
 * on the page opens without network. False where the browser has no service workers (no HTTPS) or has no room.
 */
export async function keepOffline(worker: string, addresses: string[]): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  try {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    const built = performance
      .getEntriesByType('resource')
      .map((entry) => new URL(entry.name))
      .filter((url) => url.origin === location.origin && url.pathname.startsWith('/static/'))
      .map((url) => url.pathname);
    return await asked(active!, [...new Set([...addresses, ...built])]);
  } catch {
    return false;
  }
}

function asked(worker: ServiceWorker, keep: string[]): Promise<boolean> {
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event: MessageEvent<boolean>) => done(event.data);
    worker.postMessage({ keep }, [channel.port2]);
  });
}

export const QUEUE = 'dajian-queue';

interface SyncManager {
  register(tag: string): Promise<void>;
}

/**
 * Has the browser send what waits once there is network, also when no page is open any more. False where it cannot
 * (Firefox, Safari, no HTTPS): then it is sent while a page of the runner is open.
 */
export async function wakeWhenOnline(): Promise<boolean> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers?.controller || !('cookieStore' in window)) return false;
  const { sync } = (await workers.ready) as ServiceWorkerRegistration & { sync?: SyncManager };
  return sync ? sync.register(QUEUE).then(() => true, () => false) : false;
}

export const csrfToken = (cookie: string): string =>
  document.cookie.split('; ').find((part) => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1) ?? '';
