import { beforeEach, expect, test, vi } from 'vitest';

import { keepScroll } from '../src/scroll';

const scrollTo = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  scrollTo.mockClear();
  window.scrollTo = scrollTo as unknown as typeof window.scrollTo;
  history.replaceState(null, '', '/units');
  document.body.innerHTML = '<form method="post"></form>';
});

function sendFrom(y: number): void {
  keepScroll(document);
  Object.defineProperty(window, 'scrollY', { value: y, configurable: true });
  document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true }));
}

test('after a deed one stands on the same page where one stood', () => {
  sendFrom(640);
  keepScroll(document);
  expect(scrollTo).toHaveBeenCalledWith({ top: 640, behavior: 'instant' });
});

test('another page begins at its top', () => {
  sendFrom(640);
  history.replaceState(null, '', '/inbox');
  keepScroll(document);
  expect(scrollTo).not.toHaveBeenCalled();
});

test('a visit without a deed begins at the top', () => {
  keepScroll(document);
  expect(scrollTo).not.toHaveBeenCalled();
});
