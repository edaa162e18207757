import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '@parley/contracts';
import { createCompositionManager } from './serve-composition.ts';
import { createSeal } from './seal.ts';
import type { Environment } from './shipped.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-composition-'));
const fileName = join(folder, 'parley.config.yaml');
const PLUGIN = "export default { id: 'acme.hello', version: '1.0.0', kernel: '^1.0.0', setup() {} };";
writeFileSync(join(folder, 'hello.mjs'), PLUGIN);
writeFileSync(join(folder, 'empty.mjs'), '');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The composition of a config file, or of none, as a host starts it. */
async function load(text: string | undefined, env: Environment = {}) {
  if (text !== undefined) writeFileSync(fileName, text);
  const manager = createCompositionManager({
    dataDir: folder,
    configFile: text === undefined ? undefined : fileName,
    env,
    given: undefined,
    bindings: {},
    seal: createSeal(new Uint8Array(32)),
    log: silent,
  });
  return (await manager.first()).plugins;
}
const ids = (uses: Awaited<ReturnType<typeof load>>) => uses.map(({ id, plugin }) => id ?? plugin.id);

describe('the composition of a host', () => {
  it('is everything embedded without a file', async () => {
    const uses = await load(undefined);
    expect(ids(uses)).toEqual([
      'storage-sqlite',
      'cache-memory',
      'identity',
      'auth-local',
      'privacy',
      'events',
      'conversations',
      'keys',
      'models',
      'model-catalogue',
      'model-routing',
      'chat',
      'provider-demo',
      'provider-anthropic',
      'provider-bedrock',
      'provider-google',
      'provider-openai',
      'speech',
      'notes',
      'search',
      'search-sqlite',
      'xray',
      'admin',
    ]);
    expect(uses.every(({ firstParty }) => firstParty)).toBe(true);
  });

  it('takes provider-openai in when the environment has its key', async () => {
    const uses = await load(undefined, { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://localhost:1/v1' });
    const { plugin, config } = uses.find((use) => use.plugin.id === 'provider-openai') ?? {};
    expect(plugin?.config?.parse(config)).toMatchObject({
      apiKey: expect.any(Secret),
      baseUrl: 'http://localhost:1/v1',
    });
  });

  it('gives a default plugin whatever the environment has for it', async () => {
    const uses = await load(undefined, { AWS_REGION: 'eu-central-1' });
    const { plugin, config } = uses.find((use) => use.plugin.id === 'provider-bedrock') ?? {};
    expect(plugin?.config?.parse(config)).toMatchObject({ region: 'eu-central-1' });
  });

  it('leaves out what the file disables, and sets what it sets', async () => {
    const uses = await load('plugins:\n  - use: notes\n    enabled: false\n  - use: chat\n    config: { a: 1 }\n');
    expect(ids(uses)).not.toContain('notes');
    expect(uses.find(({ plugin }) => plugin.id === 'chat')?.config).toEqual({ a: 1 });
    expect(uses).toHaveLength((await load(undefined)).length - 1);
  });

  it('adds plugins by path, as third parties, also several times', async () => {
    const uses = await load('plugins:\n  - use: ./hello.mjs\n  - use: ./hello.mjs\n    id: acme.second\n');
    expect(ids(uses).slice(-2)).toEqual(['acme.hello', 'acme.second']);
    expect(uses.at(-1)?.firstParty).toBe(false);
  });

  it('names every plugin that can not be loaded, with its line and the shipped ones', async () => {
    const file = 'plugins:\n  - use: ./missing.mjs\n  - use: ./empty.mjs\n  - use: nots\n';
    const error = await load(file).catch((caught: unknown) => String(caught));
    expect(error).toContain(`${fileName}:2: ./missing.mjs`);
    expect(error).toContain(`${fileName}:3: ./empty.mjs: its server door has no plugin as default export`);
    expect(error).toContain(`${fileName}:4: nots`);
    expect(error).toContain('notes');
  });
});
