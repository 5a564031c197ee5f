import { beforeAll, beforeEach, expect, test } from 'vitest';

import { closeMenus } from '../src/menus';

beforeAll(() => closeMenus(document));
beforeEach(() => {
  document.body.innerHTML =
    '<details data-menu open><summary tabindex="0">身份</summary><a href="#x">甲</a></details><p>正文</p>';
});

const menu = (): HTMLDetailsElement => document.querySelector('details')!;

test('a click elsewhere closes the menu', () => {
  document.querySelector('p')!.click();
  expect(menu().open).toBe(false);
});

test('a click inside leaves it open', () => {
  document.querySelector('a')!.click();
  expect(menu().open).toBe(true);
});

test('Escape closes it and gives the focus back', () => {
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(menu().open).toBe(false);
  expect(document.activeElement).toBe(document.querySelector('summary'));
});
