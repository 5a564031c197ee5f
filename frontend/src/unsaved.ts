/** A form with `data-guard` that was changed and not sent: the browser asks before the page is left. */
export function warnOfUnsaved(page: Document): void {
  const changed = new Set<HTMLFormElement>();
  const note = (event: Event): void => {
    const form = (event.target as Element).closest<HTMLFormElement>('form[data-guard]');
    if (form) changed.add(form);
  };
  page.addEventListener('input', note);
  page.addEventListener('change', note);
  page.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) changed.delete(event.target as HTMLFormElement);
  });
  page.defaultView?.addEventListener('beforeunload', (event) => {
    for (const form of changed) if (!form.isConnected) changed.delete(form);
    if (changed.size > 0) event.preventDefault();
  });
}
