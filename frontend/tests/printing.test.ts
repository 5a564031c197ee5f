import { expect, test, vi } from 'vitest';

import { printAndFocus } from '../src/printing';

test('the print button prints, and the marked place has the focus when the page opens', () => {
  document.body.innerHTML = '<button data-prints>打印</button><p data-focus tabindex="-1">有 2 处需要更正</p>';
  window.print = vi.fn();
  printAndFocus(document);
  expect(document.activeElement).toBe(document.querySelector('p'));
  document.querySelector('button')!.click();
  expect(window.print).toHaveBeenCalledOnce();
});
