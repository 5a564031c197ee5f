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
