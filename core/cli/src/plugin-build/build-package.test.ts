import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { linkHostModules, loadPackage, readPackage, vendorPackage, verifyPackage } from '@parley/package';
import { makeFolder } from '@parley/package/testing';
import { hostAddress } from '../plugin-install/host-offer.ts';
import { verifyBuilt } from '../plugin-verify/verify-package.ts';
import { buildPackage } from './build-package.ts';

// A build of a page side takes seconds where the machine has other work.
jest.setTimeout(60_000);

const ROOT = join(import.meta.dirname, '../../../..');
const DEFINITION = `
import { definePlugin } from '@parley/kernel';
import { emoji } from 'tiny-emoji';
import * as z from 'zod';
import { weatherContract } from '../contract/index.ts';
export const sun: string = emoji('sun');
export default definePlugin({
  id: 'acme.weather',
  version: '1.0.0',
  kernel: '^1.0.0',
  config: z.object({ city: z.string().default('Rome') }),
  permissions: { network: ['api.example.com'] },
  setup(ctx) {
    globalThis.isWeatherSetUp = true;
    ctx.routes(weatherContract, { now: () => ({ text: sun }) });
  },
});
`;
const CONTRACT = `
import { defineContract, op } from '@parley/contracts';
import * as z from 'zod';
export const weatherContract = defineContract('acme.weather', '1.2.0', {
  now: op({ method: 'GET', path: '/now', access: 'user', summary: 'The weather.', input: z.object({}), output: z.object({ text: z.string() }) }),
});
`;
const WEB = `
import { defineWebPlugin } from '@parley/web';
import './weather.css';
export default defineWebPlugin({ id: 'acme.weather', slots: { 'sidebar.section': { weather: () => 'sunny' } } });
`;
const WITH_UI = DEFINITION.replace(
  'setup(ctx)',
  "ui: { module: './web', slots: { 'sidebar.section': [{ id: 'weather' }] } },\n  setup(ctx)",
);

/** An author's folder, outside of this repository. */
function author(files: Readonly<Record<string, string>> = {}, packageJson: object = {}): string {
  const dir = mkdtempSync(join(tmpdir(), 'parley-author-'));
  const all = {
    'package.json': JSON.stringify({ name: 'acme-weather', version: '1.0.0', type: 'module', ...packageJson }),
    'src/server/index.ts': DEFINITION,
    'src/contract/index.ts': CONTRACT,
    'node_modules/tiny-emoji/package.json':
      '{ "name": "tiny-emoji", "version": "1.0.0", "type": "module", "main": "index.js" }',
    'node_modules/tiny-emoji/index.js': 'export const emoji = (name) => `(${name})`;',
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  for (const name of ['@parley', 'zod', 'react'])
    symlinkSync(join(ROOT, 'node_modules', name), join(dir, 'node_modules', name));
  return dir;
}

const build = (dir: string) => buildPackage({ dir, from: hostAddress(), hasTypes: false });
const refusal = (text: string) =>
  expect.objectContaining({ code: 'BUILD_CHECK_FAILED', message: expect.stringContaining(text) });

afterEach(() => void Reflect.deleteProperty(globalThis, 'isWeatherSetUp'));

describe('a build', () => {
  it('says what the definition says, without running its setup', async () => {
    const { manifest } = await build(author());
    expect(manifest).toMatchObject({
      plugin: { id: 'acme.weather', permissions: { network: ['api.example.com'] } },
      routes: [
        { contract: 'acme.weather', name: 'now', method: 'GET', path: '/api/x/acme.weather/now', access: 'user' },
      ],
      compiledAgainst: { 'contract:acme.weather': '1.2.0' },
      parley: { kernel: '^1.0.0', modules: { '@parley/kernel': '^0.1.0' } },
    });
    expect(manifest.plugin['configSchema']).toMatchObject({ properties: { city: { default: 'Rome' } } });
    expect('isWeatherSetUp' in globalThis).toBe(false);
  });

  it('brings its dependencies and leaves the host its own', async () => {
    const dir = author();
    await build(dir);
    const code = readFileSync(join(dir, 'dist/server/index.js'), 'utf8');
    expect(code).not.toMatch(/from ["']tiny-emoji/);
    expect(code).toMatch(/from ["']@parley\/kernel["']/);
  });

  it('can be vendored and loaded', async () => {
    const dir = author();
    const { manifest } = await build(dir);
    const data = makeFolder();
    const pack = vendorPackage(data, readPackage(dir));
    linkHostModules(data, Object.keys(manifest.parley.modules), hostAddress());
    expect(await loadPackage(pack, (url) => import(url))).toMatchObject({ id: 'acme.weather' });
  });

  it('gives the same integrity for the same sources, and another remote for others', async () => {
    const web = { 'src/server/index.ts': WITH_UI, 'src/web/index.ts': WEB, 'src/web/weather.css': '.a { color: red }' };
    const [one, same, other] = [
      author(web),
      author(web),
      author({ ...web, 'src/web/weather.css': '.a { color: blue }' }),
    ];
    const built = [await build(one), await build(same), await build(other)].map(({ manifest }) => manifest);
    expect(built[0]?.integrity).toBe(built[1]?.integrity);
    expect(built[0]?.web?.remote).not.toBe(built[2]?.web?.remote);
    expect(built[0]?.web).toMatchObject({ react: '^19.3.0', shared: { '@parley/web': '^0.1.0' } });
    verifyPackage(readPackage(one));
  });

  it.each<[string, Record<string, string>, object, string]>([
    [
      'server code with parts of the page',
      { 'src/server/index.ts': `import { route } from '@parley/web';\nconsole.log(route);${DEFINITION}` },
      {},
      '@parley/web, which is not for server code',
    ],
    [
      'server code with tests',
      {
        'src/server/index.ts': `import { startTestHost } from '@parley/testing';\nconsole.log(startTestHost);${DEFINITION}`,
      },
      {},
      'which a host does not have',
    ],
    ['another version in package.json', {}, { version: '1.1.0' }, 'package.json says 1.1.0'],
    [
      'a contract of another id',
      { 'src/contract/index.ts': CONTRACT.replace("'acme.weather'", "'weather'") },
      {},
      'another id than the plugin',
    ],
    [
      'an operation of the host',
      { 'src/contract/index.ts': CONTRACT.replace("'/now'", "'/api/now'") },
      {},
      'serves below /api/x/acme.weather',
    ],
    ['ui without a web side', { 'src/server/index.ts': WITH_UI }, {}, 'no src/web/index.ts'],
    [
      'another React',
      { 'src/server/index.ts': WITH_UI, 'src/web/index.ts': WEB, 'src/web/weather.css': '' },
      { peerDependencies: { react: '^18.0.0' } },
      'the page has ^19.3.0',
    ],
    [
      'a font for everybody',
      {
        'src/server/index.ts': WITH_UI,
        'src/web/index.ts': WEB,
        'src/web/weather.css': '@font-face { font-family: x; src: url(data:font/woff2;base64,AA) }',
      },
      {},
      '@font-face changes the whole page',
    ],
    [
      'a page with server code',
      {
        'src/server/index.ts': WITH_UI,
        'src/web/index.ts': `import { definePlugin } from '@parley/kernel';\nconsole.log(definePlugin);${WEB}`,
        'src/web/weather.css': '',
      },
      {},
      'which no page has',
    ],
  ])('refuses %s and writes no manifest', async (_what, files, packageJson, text) => {
    const dir = author(files, packageJson);
    await expect(build(dir)).rejects.toEqual(refusal(text));
    expect(existsSync(join(dir, 'plugin.manifest.json'))).toBe(false);
  });

  it('says where a folder holds no plugin', async () => {
    await expect(build(makeFolder())).rejects.toMatchObject({ code: 'BUILD_NO_PACKAGE' });
  });
});

describe('a verification', () => {
  const CACHE = `
import { cache } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
export default definePlugin({ id: 'acme.cache', version: '1.0.0', kernel: '^1.0.0', provides: [cache],
  setup(ctx) { ctx.provide(cache, {}, {}); } });
`;

  it('of a plugin that provides a known capability asks for its kit', async () => {
    const dir = author({ 'src/server/index.ts': CACHE, 'src/contract/index.ts': 'export {};' });
    await build(dir);
    const { sections } = await verifyBuilt(dir, () => undefined);
    const kit = sections.find(({ capability }) => capability === 'cache');
    expect(kit?.results).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('lists no kit for cache') },
    ]);
  });

  it('plays the kits of the built code, and tells what was broken and under which fault', async () => {
    const kit = `
import { kitRun, cacheKit } from '@parley/testing/kits';
const forgetful = { get: async () => undefined, set: async () => {}, delete: async () => {}, increment: async () => 1, lock: async () => undefined };
export const kits = [kitRun(cacheKit, () => ({ value: { cache: forgetful, advance: async () => {} }, dispose: () => {} }))];
`;
    const dir = author({
      'src/server/index.ts': CACHE,
      'src/contract/index.ts': 'export {};',
      'src/server/kit.ts': kit,
    });
    await build(dir);
    const { sections } = await verifyBuilt(dir, () => undefined);
    const results = sections.find(({ capability }) => capability === 'cache')?.results ?? [];
    expect(results.find(({ fault }) => fault === 'huge')).toMatchObject({ outcome: 'failed' });
    expect(results.some(({ outcome }) => outcome === 'passed')).toBe(true);
  });
});
