/**
 * Who logs out leaves no page behind that opens without network: the next person at this device sees none of it. What
 * was not sent yet stays, and is there again after the same person has logged in.
 */
export function forgetPages(page: Document): void {
  page.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (new URL(form.action, location.href).pathname !== '/logout' || !('caches' in window)) return;
    void caches.keys().then((names) => names.filter((name) => name.startsWith('dajian-runner-')).map((name) => caches.delete(name)));
  });
}
