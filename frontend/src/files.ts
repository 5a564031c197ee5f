/** `label.file-drop` around a file field: takes a dropped file and says which file was chosen and how big it is. */
export function showChosenFile(page: Document): void {
  const dropOf = (event: Event): HTMLElement | null => (event.target as Element).closest<HTMLElement>('.file-drop');
  const fieldOf = (drop: HTMLElement): HTMLInputElement | null => drop.querySelector('input[type=file]');

  page.addEventListener('dragover', (event) => {
    const drop = dropOf(event);
    if (!drop) return;
    event.preventDefault();
    drop.classList.add('is-over');
  });
  page.addEventListener('dragleave', (event) => dropOf(event)?.classList.remove('is-over'));
  page.addEventListener('drop', (event) => {
    const drop = dropOf(event);
    const field = drop && fieldOf(drop);
    if (!drop || !field || !event.dataTransfer) return;
    event.preventDefault();
    drop.classList.remove('is-over');
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  page.addEventListener('change', (event) => {
    const drop = dropOf(event);
    const file = drop && fieldOf(drop)?.files?.[0];
    const told = drop?.querySelector('[data-chosen]');
    if (told) told.textContent = file ? `${file.name}（${readableSize(file.size)}）` : '';
  });
}

export function readableSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
