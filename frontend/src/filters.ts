/** A select or check box with `data-submits` sends its form as soon as it is changed; without scripts a button does. */
export function submitOnChange(page: Document): void {
  page.addEventListener('change', (event) => {
    const field = event.target as HTMLSelectElement | HTMLInputElement;
    if (field.hasAttribute('data-submits')) field.form?.requestSubmit();
  });
}
