import { expect, test, vi } from 'vitest';

import { forgetPages } from '../src/leaving';

function submitted(action: string): string[] {
  const gone: string[] = [];
  vi.stubGlobal('caches', {
    keys: () => ({ then: (use: (names: string[]) => void) => use(['dajian-runner-1', 'other']) }),
    delete: (name: string) => gone.push(name),
  });
  document.body.innerHTML = `<form method="post" action="${action}"></form>`;
  document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  vi.unstubAllGlobals();
  return gone;
}

forgetPages(document);

test('logging out forgets the pages that were kept, and nothing else', () => {
  expect(submitted('/logout')).toEqual(['dajian-runner-1']);
});

test('any other form forgets nothing', () => {
  expect(submitted('/submissions/1/take-back')).toEqual([]);
});
