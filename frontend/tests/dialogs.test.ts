import { beforeAll, beforeEach, expect, test } from 'vitest';

import { openDialogs } from '../src/dialogs';

beforeAll(() => {
  // jsdom knows the element but not its methods.
  HTMLDialogElement.prototype.showModal = function () { this.open = true; };
  HTMLDialogElement.prototype.close = function () { this.open = false; };
  openDialogs(document);
});

beforeEach(() => {
  document.body.innerHTML = `
    <button data-opens="back">退回</button>
    <dialog id="back"><form><input type="hidden" name="version" value="3"><textarea></textarea>
    <button type="button" data-closes>取消</button></form></dialog>`;
});

const dialog = (): HTMLDialogElement => document.querySelector('dialog')!;
const click = (selector: string): void => document.querySelector<HTMLElement>(selector)!.click();

test('a button opens its dialog and the first field takes the focus', () => {
  click('[data-opens]');
  expect(dialog().open).toBe(true);
  expect(document.activeElement).toBe(document.querySelector('textarea'));
});

test('cancel closes the dialog', () => {
  click('[data-opens]');
  click('[data-closes]');
  expect(dialog().open).toBe(false);
});

test('a click beside an untouched dialog closes it', () => {
  click('[data-opens]');
  dialog().click();
  expect(dialog().open).toBe(false);
});

test('a click beside the dialog does not throw away what was typed', () => {
  click('[data-opens]');
  document.querySelector('textarea')!.value = '注册资本与执照不一致';
  dialog().click();
  expect(dialog().open).toBe(true);
});
