import { beforeAll, beforeEach, expect, test } from 'vitest';

import { focusSearch } from '../src/keys';

beforeAll(() => focusSearch(document));
beforeEach(() => {
  document.body.innerHTML = '<input type="search"><textarea></textarea><p tabindex="0">正文</p>';
});

const search = (): HTMLElement => document.querySelector('input')!;
const press = (on: Element, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
};

test('/ goes to the search field and is not typed into it', () => {
  const event = press(document.querySelector('p')!, '/');
  expect(document.activeElement).toBe(search());
  expect(event.defaultPrevented).toBe(true);
});

test('/ stays a slash while one is typing', () => {
  const area = document.querySelector('textarea')!;
  area.focus();
  expect(press(area, '/').defaultPrevented).toBe(false);
  expect(document.activeElement).toBe(area);
});

test('/ with a modifier belongs to the browser', () => {
  expect(press(document.body, '/', { ctrlKey: true }).defaultPrevented).toBe(false);
});

test('Escape leaves the search field', () => {
  search().focus();
  press(search(), 'Escape');
  expect(document.activeElement).not.toBe(search());
});
