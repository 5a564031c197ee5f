import { expect, test } from 'vitest';

import { readDecimal, readWhole, spelled } from '../../src/runner/engine/numbers';
import { accuracyOf, located, pointText, readPoint } from '../../src/runner/engine/points';

test.each([
  ['12', 12n],
  [' 1,200 ', 1200n],
  ['１２', 12n],
  ['－3', -3n],
  ['', null],
  ['2147483647', 2147483647n],
])('%j is read as the whole number %s', (typed, value) => {
  expect(readWhole(typed)).toEqual({ value, told: '' });
});

test.each([
  ['12.5', '这里只能填整数，不带小数。'],
  ['十二', '“十二”不是数字，请填整数，例如 12。'],
  ['2147483648', '这个数太大，请核对。'],
  ['1e3', '“1e3”不是数字，请填整数，例如 12。'],
])('%j is no whole number, and it is said why', (typed, told) => {
  expect(readWhole(typed)).toEqual({ value: null, told });
});

test.each([
  ['12.50', 12.5],
  ['．5', 0.5],
  ['1,234,567.8', 1234567.8],
  ['', null],
])('%j is read as the number %s', (typed, value) => {
  expect(readDecimal(typed)).toEqual({ value, told: '' });
});

test.each(['1.2.3', 'abc', '12万', '.', '0x10', 'Infinity'])('%j is no number', (typed) => {
  expect(readDecimal(typed).value).toBeNull();
  expect(readDecimal(typed).told).toContain('不是数字');
});

test('a position is typed as latitude and longitude and shown the same way', () => {
  const { value } = readPoint('26.0745，119.2965');
  expect(value).toBe('26.0745 119.2965 0 0');
  expect(pointText(value!)).toBe('26.0745, 119.2965');
  expect(pointText('')).toBe('');
});

test.each(['119.2965, 26.0745', '26', 'x, y', '26, 119, 3'])('%j is no position', (typed) => {
  expect(readPoint(typed).told).toContain('请填纬度和经度');
});

test("a device's position keeps its accuracy, a typed one has none", () => {
  const coords = { latitude: 26.07451234, longitude: 119.2965, altitude: null, accuracy: 12.4 } as GeolocationCoordinates;
  expect(located(coords)).toBe('26.0745123 119.2965 0 12');
  expect(accuracyOf(located(coords))).toBe(12);
  expect(accuracyOf(readPoint('26, 119').value!)).toBe(0);
  expect(accuracyOf('')).toBe(0);
});

test.each([
  ['800.0', '800'],
  ['-3.00', '-3'],
  ['0.50', '0.50'],
  ['10', '10'],
  ['1.0.0', '1.0.0'],
  ['', ''],
])('%j is shown as %j', (stored, shown) => expect(spelled(stored)).toBe(shown));
