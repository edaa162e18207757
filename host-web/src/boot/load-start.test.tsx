import { afterEach, expect, it, jest } from '@jest/globals';
import { loadStart } from './load-start.ts';

const fetchBefore = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetchBefore;
});

it('a server that takes the request and never answers is given up, so that the page can say so', async () => {
  const hanging = jest.fn<typeof fetch>(
    (_url, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  );
  globalThis.fetch = hanging;
  await expect(loadStart(10)).rejects.toThrow('did not answer within 8 seconds');
});
