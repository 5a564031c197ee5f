/**
 * Native dialogs. `data-opens="id"` opens the <dialog> of that id, `data-closes` closes the one around it; a click
 * beside the dialog closes it while nothing has been typed. The browser keeps the focus inside and gives it back.
 */
export function openDialogs(page: Document): void {
  page.addEventListener('click', (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>('[data-opens]');
    if (opener) {
      const dialog = page.getElementById(opener.dataset['opens'] ?? '');
      if (dialog instanceof HTMLDialogElement && !dialog.open) {
        event.preventDefault();
        dialog.showModal();
        dialog.querySelector<HTMLElement>('[autofocus], textarea, input:not([type=hidden]), button')?.focus();
      }
      return;
    }
    if (target.closest('[data-closes]')) {
      target.closest('dialog')?.close();
    } else if (target instanceof HTMLDialogElement && !hasText(target)) {
      target.close(); // the backdrop belongs to the dialog; its content is a child
    }
  });
}

function hasText(dialog: HTMLDialogElement): boolean {
  return [...dialog.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('textarea, input[type=text]')].some(
    (field) => field.value !== field.defaultValue,
  );
}
