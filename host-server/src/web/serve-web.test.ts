import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@parley/kernel';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { openWebBuild } from './web-build.ts';

const integrity = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const HTML = '<!doctype html><html><head lang="en"><script>a()</script><style>b{}</style></head><body></body></html>';
const SHELL = { 'index.html': HTML, 'assets/main.1a2b.js': 'run()'.repeat(400), 'favicon.svg': '<svg/>' };
const REMOTE = { 'remoteEntry.js': 'remote()', 'notes-panel.js': 'panel()' };

function writeBuild(change: (files: Record<string, string>) => Record<string, string> = (files) => files): string {
  const dir = mkdtempSync(join(tmpdir(), 'parley-web-'));
  const write = (folder: string, files: Record<string, string>) => {
    for (const [name, text] of Object.entries(change(files))) {
      const path = join(dir, folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      if (name.endsWith('main.1a2b.js')) writeFileSync(`${path}.gz`, gzipSync(text));
    }
    return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, integrity(text)]));
  };
  const shell = { files: write('shell', SHELL) };
  const files = write('plugins/sample', REMOTE);
  const plugin = {
    remote: 'sample_1',
    entry: 'remoteEntry.js',
    integrity: 'sha384-x',
    hash: '0123456789abcdef',
    files,
  };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ sourceHash: 'x', shell, plugins: { sample: plugin } }));
  return dir;
}

const panel = (id: string, builtIn: boolean) =>
  definePlugin({
    id,
    version: '1.0.0',
    kernel: '^1.0.0',
    ui: {
      module: './web',
      builtIn,
      slots: { 'thread.panel': [{ id: 'panel', title: id, order: id === 'late' ? 900 : 100 }] },
    },
    setup: () => undefined,
  });

describe('the page and its files', () => {
  let host: TestHost;
  beforeAll(async () => {
    const plugins = [panel('late', true), panel('sample', false), panel('unbuilt', false)];
    host = await startTestHost({ plugins, webDir: writeBuild() });
  });
  afterAll(() => host.stop());
  const page = (path: string) => host.request(path, { headers: { accept: 'text/html' } });

  it.each(['/', '/c/01a2', '/settings/appearance'])('serves the page at %s', async (path) => {
    const response = await page(path);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('gives each script and style the nonce of the policy, another one each time', async () => {
    const [first, second] = [await page('/'), await page('/')];
    const nonceOf = (response: Response) =>
      /script-src 'self' 'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
    const nonce = nonceOf(first);
    expect(await first.text()).toBe(
      `<!doctype html><html><head lang="en"><meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}">a()</script><style nonce="${nonce}">b{}</style></head><body></body></html>`,
    );
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(nonceOf(second)).not.toBe(nonce);
  });

  it('has a policy without a loophole', async () => {
    const policy = (await page('/')).headers.get('content-security-policy')?.replace(/nonce-[^']+/g, 'nonce-N');
    expect(policy).toMatchInlineSnapshot(
      `"default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"`,
    );
  });

  it.each(['/api/nothing', '/ui/nothing', '/health/nothing', '/missing.js', '/assets/missing.js'])(
    'does not serve the page at %s',
    async (path) => {
      expect((await page(path)).status).toBe(404);
    },
  );

  it('serves the page of something whose name has a dot', async () => {
    expect((await page('/admin/plugins/acme.weather')).status).toBe(200);
  });

  it('does not serve the page to what asks for JSON', async () => {
    expect((await host.request('/nothing', { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  it('lets files with a hash in the name be kept for ever', async () => {
    const { headers } = await host.request('/assets/main.1a2b.js');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('has other files asked for again, and says when they are the same', async () => {
    const first = await host.request('/favicon.svg');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    expect((await host.request('/favicon.svg', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('sends the compressed copy to who takes it', async () => {
    const compressed = await host.request('/assets/main.1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(await compressed.text()).toBe(SHELL['assets/main.1a2b.js']);
    const plain = await host.request('/assets/main.1a2b.js', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('serves plugin files below their hash only', async () => {
    expect(await (await host.request('/ui/0123456789abcdef/notes-panel.js')).text()).toBe('panel()');
    expect((await host.request('/ui/aaaaaaaaaaaaaaaa/notes-panel.js')).status).toBe(404);
  });

  it.each([
    '/../manifest.json',
    '/%2e%2e/manifest.json',
    '/assets/..%2f..%2fmanifest.json',
    '/ui/0123456789abcdef/../../manifest.json',
  ])('serves nothing outside of the build at %s', async (path) => {
    expect(await (await page(path)).text()).not.toContain('sourceHash');
  });

  it('lists what shows, in order, and leaves out what is not built', async () => {
    expect(await (await host.request('/api/ui/manifest')).json()).toEqual({
      plugins: [
        { id: 'late', version: '1.0.0', contracts: [] },
        {
          id: 'sample',
          version: '1.0.0',
          contracts: [],
          remote: 'sample_1',
          entry: '/ui/0123456789abcdef/remoteEntry.js',
          integrity: 'sha384-x',
        },
      ],
      contributions: [
        { slot: 'thread.panel', pluginId: 'sample', id: 'panel', title: 'sample', order: 100 },
        { slot: 'thread.panel', pluginId: 'late', id: 'panel', title: 'late', order: 900 },
      ],
    });
  });
});

describe('a web build that is not the one that was built', () => {
  it('refuses a file with one byte changed, and says so in the log', async () => {
    const dir = writeBuild((files) =>
      'remoteEntry.js' in files ? { ...files, 'remoteEntry.js': 'remote();' } : files,
    );
    await using host = await startTestHost({ plugins: [], webDir: dir });
    expect((await host.request('/ui/0123456789abcdef/remoteEntry.js')).status).toBe(500);
    expect((await host.request('/ui/0123456789abcdef/notes-panel.js')).status).toBe(200);
    expect(host.logs.some(({ code }) => code === 'HOST_BAD_WEB_BUILD')).toBe(true);
  });

  it('does not start without a manifest', () => {
    expect(() => openWebBuild(mkdtempSync(join(tmpdir(), 'parley-web-')))).toThrow('manifest.json is missing');
  });

  it('does not start on a manifest that leads out of the build', () => {
    const dir = mkdtempSync(join(tmpdir(), 'parley-web-'));
    const shell = { files: { '../secret.key': integrity('x') } };
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ shell, plugins: {} }));
    expect(() => openWebBuild(dir)).toThrow('manifest.json is not valid');
  });
});
