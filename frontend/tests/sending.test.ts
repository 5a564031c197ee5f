import { beforeAll, beforeEach, expect, test } from 'vitest';

import { sendOnce } from '../src/sending';

beforeAll(() => sendOnce(document));
beforeEach(() => {
  document.body.innerHTML = '<form id="deed" method="post"></form><form id="find" method="get"></form>'
    + '<form id="export" method="post" data-download></form>';
});

const send = (id: string): boolean =>
  document.getElementById(id)!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));

test('a second press on the same deed is ignored while the answer is on its way', () => {
  expect(send('deed')).toBe(true);
  expect(send('deed')).toBe(false);
});

test('searches and downloads may be repeated', () => {
  for (const id of ['find', 'export']) {
    expect(send(id)).toBe(true);
    expect(send(id)).toBe(true);
  }
});

test('a page that comes back from the browser’s memory can send again', () => {
  send('deed');
  window.dispatchEvent(new Event('pageshow'));
  expect(send('deed')).toBe(true);
});
