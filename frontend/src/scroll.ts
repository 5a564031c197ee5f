const KEY = 'dajian.scroll';

/** After a deed that leads back to the same page one stands where one stood. */
export function keepScroll(page: Document): void {
  const view = page.defaultView;
  if (!view) return;
  page.addEventListener('submit', () => {
    view.sessionStorage.setItem(KEY, JSON.stringify({ path: view.location.pathname, y: view.scrollY }));
  });
  const kept = view.sessionStorage.getItem(KEY);
  view.sessionStorage.removeItem(KEY);
  if (!kept) return;
  const { path, y } = JSON.parse(kept) as { path: string; y: number };
  if (path === view.location.pathname && !view.location.hash) view.scrollTo({ top: y, behavior: 'instant' });
}
