import { afterEach, expect, test } from 'vitest';

import { keepServerTime, useServerTime } from '../../src/runner/clock';

const device = Date.now;
const YEAR_MS = 365 * 86_400_000;

afterEach(() => {
  Date.now = device;
  localStorage.clear();
});

test('a device that is a year behind goes by the server, also after the page was left', () => {
  useServerTime();
  keepServerTime(new Date(device() + YEAR_MS).toISOString());
  expect(Math.abs(Date.now() - (device() + YEAR_MS))).toBeLessThan(2_000);
  expect(Number(localStorage.getItem('dajian-clock-offset'))).toBeGreaterThan(YEAR_MS - 2_000);
});

test('a device that is right to a minute is left alone', () => {
  useServerTime();
  keepServerTime(new Date(device() + 20_000).toISOString());
  expect(Math.abs(Date.now() - device())).toBeLessThan(1_000);
});

test('what is no time changes nothing', () => {
  useServerTime();
  keepServerTime(new Date(device()).toISOString());
  keepServerTime('soon');
  expect(Math.abs(Date.now() - device())).toBeLessThan(1_000);
});
