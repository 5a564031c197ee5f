import { beforeAll, beforeEach, expect, test } from 'vitest';

import { warnOfUnsaved } from '../src/unsaved';

beforeAll(() => warnOfUnsaved(document));
beforeEach(() => {
  document.body.innerHTML = '<form data-guard><input name="a"></form><form id="search"><input name="q"></form>';
});

const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
const type = (name: string): void => {
  document.querySelector(`[name=${name}]`)!.dispatchEvent(new Event('input', { bubbles: true }));
};

test('a page whose guarded form was not touched is left without a question', () => {
  expect(asks()).toBe(false);
});

test('a page whose guarded form was changed asks before it is left', () => {
  type('a');
  expect(asks()).toBe(true);
});

test('sending the form is no loss', () => {
  type('a');
  document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  expect(asks()).toBe(false);
});

test('a search field asks nothing', () => {
  type('q');
  expect(asks()).toBe(false);
});

test('a form that was swapped out of the page is forgotten', () => {
  type('a');
  document.querySelector('form')!.remove();
  expect(asks()).toBe(false);
});
