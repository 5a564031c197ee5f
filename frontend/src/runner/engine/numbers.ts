/** Numbers as people type them in Chinese offices: full-width digits, thousands commas, spaces. */
const FULL_WIDTH = /[０-９．－＋，]/g;
const WHOLE = /^[-+]?\d{1,10}$/;
const DECIMAL = /^[-+]?(\d{1,15})(\.\d{1,9})?$|^[-+]?\.\d{1,9}$/;
const INT_MAX = 2_147_483_647n;

export type Read<T> = { value: T | null; told: string };

export function plain(typed: string): string {
  return typed
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[,\s]/g, '');
}

/** A whole number as the engine wants it. `told`: why what was typed is none. */
export function readWhole(typed: string): Read<bigint> {
  const text = plain(typed);
  if (text === '') return { value: null, told: '' };
  if (!WHOLE.test(text)) {
    const fraction = DECIMAL.test(text);
    return { value: null, told: fraction ? '这里只能填整数，不带小数。' : `“${typed.trim()}”不是数字，请填整数，例如 12。` };
  }
  const value = BigInt(text);
  if (value > INT_MAX || value < -INT_MAX) return { value: null, told: '这个数太大，请核对。' };
  return { value, told: '' };
}

export function readDecimal(typed: string): Read<number> {
  const text = plain(typed);
  if (text === '') return { value: null, told: '' };
  if (!DECIMAL.test(text)) return { value: null, told: `“${typed.trim()}”不是数字，请填数字，例如 12.5。` };
  return { value: Number(text), told: '' };
}

/** A stored number as a person would write it: 800 and not 800.0. */
export const spelled = (stored: string): string => stored.replace(/^(-?\d+)\.0+$/, '$1');
