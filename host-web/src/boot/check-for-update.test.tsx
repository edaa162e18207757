import { afterEach, describe, expect, it } from '@jest/globals';
import { isShellOutdated } from './check-for-update.ts';

const serve =
  (html: string, status = 200) =>
  async () =>
    new Response(html, { status });
const page = (hash: string) => `<!doctype html><script defer src="/assets/main.${hash}.js"></script>`;

describe('a new build on the server', () => {
  afterEach(() => document.head.replaceChildren());
  const open = (hash: string) => {
    const script = document.createElement('script');
    script.setAttribute('src', `/assets/main.${hash}.js`);
    script.type = 'text/plain';
    document.head.append(script);
  };

  it('is told by the name of the page’s script', async () => {
    open('aaa');
    expect(await isShellOutdated(serve(page('bbb')))).toBe(true);
  });

  it('is not there when the page is the same', async () => {
    open('aaa');
    expect(await isShellOutdated(serve(page('aaa')))).toBe(false);
  });

  it('is not concluded from a failing server', async () => {
    open('aaa');
    expect(await isShellOutdated(serve('down', 502))).toBe(false);
  });

  it('is no matter in development, where the script has no hash', async () => {
    expect(await isShellOutdated(serve(page('bbb')))).toBe(false);
  });
});
