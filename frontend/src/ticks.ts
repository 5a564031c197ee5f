/** A box with `data-all` ticks or clears every other box of its form. */
export function tickAll(page: Document): void {
  page.addEventListener('change', (event) => {
    const all = event.target as HTMLInputElement;
    if (!all.hasAttribute('data-all') || !all.form) return;
    for (const box of all.form.querySelectorAll<HTMLInputElement>('input[type=checkbox]:not([data-all])')) {
      box.checked = all.checked;
    }
  });
}
