/** A button with `data-prints` prints the page; what is marked `data-focus` has the focus when the page opens. */
export function printAndFocus(page: Document): void {
  page.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-prints]')) page.defaultView?.print();
  });
  page.querySelector<HTMLElement>('[data-focus]')?.focus();
}
