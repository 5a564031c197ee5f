import { expect, test } from 'vitest';

import { tickAll } from '../src/ticks';

test('one box ticks and clears all others of its form, and none elsewhere', () => {
  document.body.innerHTML =
    '<form><input type="checkbox" data-all><input type="checkbox"><input type="checkbox"></form><input type="checkbox">';
  tickAll(document);
  const boxes = [...document.querySelectorAll<HTMLInputElement>('input')];
  const set = (on: boolean): boolean[] => {
    boxes[0]!.checked = on;
    boxes[0]!.dispatchEvent(new Event('change', { bubbles: true }));
    return boxes.map((box) => box.checked);
  };
  expect(set(true)).toEqual([true, true, true, false]);
  expect(set(false)).toEqual([false, false, false, false]);
});
