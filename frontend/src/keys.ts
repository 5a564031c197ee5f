const TYPING = 'input, textarea, select, [contenteditable]';

/** `/` goes to the page's own search field, else to the one in its head, unless one is typing; Escape leaves it. */
export function focusSearch(page: Document): void {
  page.addEventListener('keydown', (event) => {
    const target = event.target as Element;
    const search = page.querySelector<HTMLInputElement>('main input[type=search]')
      ?? page.querySelector<HTMLInputElement>('input[type=search]');
    if (!search || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === '/' && !target.closest(TYPING) && !page.querySelector('dialog[open]')) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === 'Escape' && target === search) {
      search.blur();
    }
  });
}
