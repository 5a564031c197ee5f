import { beforeAll, expect, test } from 'vitest';

import { readableSize, showChosenFile } from '../src/files';

beforeAll(() => showChosenFile(document));

test.each([
  [640, '640 字节'],
  [1024, '1 KB'],
  [1025, '2 KB'],
  [1024 ** 2, '1.0 MB'],
  [52_428_800, '50.0 MB'],
])('%i bytes read as %s', (bytes, words) => {
  expect(readableSize(bytes)).toBe(words);
});

test('the chosen file is named with its size', () => {
  document.body.innerHTML = '<label class="file-drop"><span data-chosen></span><input type="file"></label>';
  const field = document.querySelector('input')!;
  Object.defineProperty(field, 'files', { value: [new File(['x'.repeat(2048)], '泉州市.xlsx')] });
  field.dispatchEvent(new Event('change', { bubbles: true }));
  expect(document.querySelector('[data-chosen]')!.textContent).toBe('泉州市.xlsx（2 KB）');
});
