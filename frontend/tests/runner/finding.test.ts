import { expect, test } from 'vitest';

import { found } from '../../src/runner/parts/controls/finding';

const OPTIONS = ['福州市', '福州市连江县', '泉州市', '连城县'].map((label, n) => ({ value: String(n), label }));
const labels = (text: string): string[] => found(OPTIONS, text).map((option) => option.label);

test('without text all are offered', () => expect(labels(' ')).toHaveLength(4));
test('what begins with the text comes first', () => expect(labels('连')).toEqual(['连城县', '福州市连江县']));
test('what does not have the text is left out', () => expect(labels('泉')).toEqual(['泉州市']));
