import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Keystrokes } from '../../src/runner/keystrokes';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a burst of keys is committed once, with the last', () => {
  const keys = new Keystrokes();
  const done: string[] = [];
  for (const text of ['a', 'ab', 'abc']) keys.put(() => done.push(text));
  expect(done).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(done).toEqual(['abc']);
});

test('somebody who never pauses is committed now and then all the same', () => {
  const keys = new Keystrokes();
  let commits = 0;
  for (let key = 0; key < 20; key += 1) {
    keys.put(() => (commits += 1));
    vi.advanceTimersByTime(60);
  }
  expect(commits).toBeGreaterThanOrEqual(2);
});

test('what waits is done at once when it is asked for, and only once', () => {
  const keys = new Keystrokes();
  let commits = 0;
  keys.put(() => (commits += 1));
  keys.settle();
  vi.advanceTimersByTime(1000);
  keys.settle();
  expect(commits).toBe(1);
});
