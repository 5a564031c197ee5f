import { beforeAll, expect, test } from 'vitest';

import { submitOnChange } from '../src/filters';

beforeAll(() => submitOnChange(document));

test('only a marked field sends its form when it is changed', () => {
  document.body.innerHTML = '<form><select name="area" data-submits></select><select name="kind"></select></form>';
  let sent = 0;
  document.querySelector('form')!.requestSubmit = () => { sent += 1; };
  document.querySelector('[name=kind]')!.dispatchEvent(new Event('change', { bubbles: true }));
  expect(sent).toBe(0);
  document.querySelector('[name=area]')!.dispatchEvent(new Event('change', { bubbles: true }));
  expect(sent).toBe(1);
});
