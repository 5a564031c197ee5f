/**
 * The search box of the head as a combobox: htmx fetches the options while one types, arrows choose one, Enter opens it
 * (or, with none chosen, the page of results), Escape closes the list and then empties the box.
 */
export function chooseSuggestions(page: Document): void {
  const box = page.querySelector<HTMLInputElement>('#find');
  const list = page.querySelector<HTMLElement>('#found');
  const told = box?.form?.querySelector<HTMLElement>('[role=status]');
  if (!box || !list || !told) return;
  const options = (): HTMLAnchorElement[] => [...list.querySelectorAll<HTMLAnchorElement>('[role=option]')];

  function choose(at: number): void {
    const all = options();
    all.forEach((option, n) => option.setAttribute('aria-selected', String(n === at)));
    if (all[at]) {
      box!.setAttribute('aria-activedescendant', all[at].id);
      all[at].scrollIntoView({ block: 'nearest' });
    } else {
      box!.removeAttribute('aria-activedescendant');
    }
  }

  function show(open: boolean): void {
    list!.hidden = !open;
    box!.setAttribute('aria-expanded', String(open));
    choose(-1);
  }

  list.addEventListener('htmx:afterSwap', () => {
    const asked = box.value.trim() !== '' && page.activeElement === box;
    show(asked && list.childElementCount > 0);
    told.textContent = asked ? `${options().length} ${told.dataset.found ?? ''}` : '';
  });
  box.addEventListener('input', () => {
    if (box.value.trim() === '') show(false);
  });
  box.addEventListener('focus', () => show(box.value.trim() !== '' && list.childElementCount > 0));
  box.addEventListener('blur', (event) => {
    if (!list.contains(event.relatedTarget as Node | null)) show(false);
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // a click keeps the box's focus

  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return; // arrows and Enter belong to the input method
    const all = options();
    const at = all.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length > 0) {
      event.preventDefault();
      if (list.hidden) show(true);
      choose(at < 0 && step < 0 ? all.length - 1 : (at + step + all.length) % all.length);
    } else if (event.key === 'Enter' && at >= 0 && !list.hidden) {
      event.preventDefault();
      all[at]?.click();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation(); // the box stays in hand
      show(false);
    }
  });
}
