import { beforeEach, expect, test, vi } from 'vitest';

import { chooseSuggestions } from '../src/suggestions';

const OPTIONS = '<a role="option" id="f1" href="#one" aria-selected="false">甲</a>'
  + '<a role="option" id="f2" href="#two" aria-selected="false">乙</a>';

const box = (): HTMLInputElement => document.querySelector('#find')!;
const list = (): HTMLElement => document.querySelector('#found')!;
const chosen = (): string | undefined => list().querySelector('[aria-selected=true]')?.id;

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  box().dispatchEvent(event);
  return event;
}

function suggest(text: string, options = OPTIONS): void {
  box().focus();
  box().value = text;
  list().innerHTML = options;
  list().dispatchEvent(new Event('htmx:afterSwap'));
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = '<form><input id="find" role="combobox" aria-expanded="false">'
    + '<div id="found" role="listbox" hidden></div><span role="status" data-found="条"></span></form>';
  chooseSuggestions(document);
});

test('what came in is shown, told, and chosen by arrows all around', () => {
  suggest('fz');
  expect(list().hidden).toBe(false);
  expect(box().getAttribute('aria-expanded')).toBe('true');
  expect(document.querySelector('[role=status]')!.textContent).toBe('2 条');
  press('ArrowDown');
  expect(chosen()).toBe('f1');
  expect(box().getAttribute('aria-activedescendant')).toBe('f1');
  press('ArrowUp');
  expect(chosen()).toBe('f2');
  press('ArrowDown');
  expect(chosen()).toBe('f1');
});

test('Enter opens what is chosen; with nothing chosen it is the form that is sent', () => {
  suggest('fz');
  expect(press('Enter').defaultPrevented).toBe(false);
  press('ArrowDown');
  const opened = vi.fn((event: Event) => event.preventDefault());
  list().querySelector('#f1')!.addEventListener('click', opened);
  expect(press('Enter').defaultPrevented).toBe(true);
  expect(opened).toHaveBeenCalledOnce();
});

test('Escape closes the list and leaves the words; a second one is the page\'s', () => {
  suggest('fz');
  expect(press('Escape').defaultPrevented).toBe(true);
  expect(list().hidden).toBe(true);
  expect(box().value).toBe('fz');
  expect(press('Escape').defaultPrevented).toBe(false);
});

test('an answer that comes when nobody asks any more stays hidden', () => {
  suggest('');
  expect(list().hidden).toBe(true);
  box().blur();
  list().dispatchEvent(new Event('htmx:afterSwap'));
  expect(list().hidden).toBe(true);
});
