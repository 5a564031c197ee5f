/** A form is sent once: a second press while the answer is on its way does nothing, and the button shows the wait. */
export function sendOnce(page: Document): void {
  page.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post' || form.hasAttribute('data-download')) return;
    if (form.getAttribute('aria-busy') === 'true') {
      event.preventDefault();
      return;
    }
    if (!event.defaultPrevented) form.setAttribute('aria-busy', 'true');
  });
  page.defaultView?.addEventListener('pageshow', () => {
    for (const form of page.querySelectorAll('form[aria-busy]')) form.removeAttribute('aria-busy');
  });
}
