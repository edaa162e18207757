import { describe, expect, it } from '@jest/globals';
import { cache, defineEntity, kernelReady, live, modelProvider, optional, bus, secret } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { manifestOf } from './manifest.ts';

const Note = defineEntity({ name: 'note', schema: z.object({ text: z.string() }), version: 2, scope: 'user' });
const setup = () => {};

describe('the manifest of a plugin', () => {
  it('needs nothing but id, version, kernel and setup', () => {
    const manifest = manifestOf(definePlugin({ id: 'hello', version: '1.0.0', kernel: '^1.0.0', setup }));
    expect(manifest).toEqual({
      id: 'hello',
      plugin: 'hello',
      version: '1.0.0',
      kernel: '^1.0.0',
      critical: false,
      requires: [],
      provides: [],
      hooks: [],
      storage: [],
      secrets: [],
      permissions: { network: [], declares: [] },
    });
  });

  it('says how each capability is needed, by the major it was written for', () => {
    const requires = { cache, bus: optional(bus), models: live(modelProvider) };
    const manifest = manifestOf(definePlugin({ id: 'a', version: '1.0.0', kernel: '^1.0.0', requires, setup }));
    expect(manifest.requires).toEqual([
      { capability: 'cache', range: '^1', arity: 'one', need: 'required' },
      { capability: 'bus', range: '^1', arity: 'one', need: 'optional' },
      { capability: 'model-provider', range: '^1', arity: 'keyed', need: 'live' },
    ]);
  });

  it('needs the storage driver when it has entities', () => {
    const manifest = manifestOf(definePlugin({ id: 'a', version: '1.0.0', kernel: '^1.0.0', entities: [Note], setup }));
    expect(manifest.requires).toEqual([{ capability: 'storage-driver', range: '^1', arity: 'one', need: 'required' }]);
    expect(manifest.storage).toEqual([{ name: 'note', version: 2, scope: 'user' }]);
  });

  it('names the hooks it taps', () => {
    const manifest = manifestOf(
      definePlugin({ id: 'a', version: '1.0.0', kernel: '^1.0.0', hooks: [kernelReady], setup }),
    );
    expect(manifest.hooks).toEqual(['kernel.ready']);
  });

  it('finds secrets wherever they are in the settings', () => {
    const server = z.object({ name: z.string(), token: secret() });
    const config = z.object({
      servers: z.array(server),
      tokens: z.record(z.string(), secret()),
      proxy: z.object({ password: secret().optional() }).optional(),
      login: z.union([z.string(), z.object({ key: secret() })]),
    });
    const manifest = manifestOf(definePlugin({ id: 'a', version: '1.0.0', kernel: '^1.0.0', config, setup }));
    expect(manifest.secrets).toEqual(['servers[].token', 'tokens.*', 'proxy.password', 'login.key']);
  });

  it('is plain data, settings and secrets included', () => {
    const config = z.object({ apiKey: secret(), maxNotes: z.number().default(3).meta({ visibility: 'client' }) });
    const manifest = manifestOf(
      definePlugin({ id: 'a', version: '1.0.0', kernel: '^1.0.0', config, provides: [cache], setup }),
      'b',
    );
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
    expect([manifest.id, manifest.plugin]).toEqual(['b', 'a']);
    expect(manifest.secrets).toEqual(['apiKey']);
    expect(manifest.configSchema).toMatchObject({
      properties: { apiKey: { format: 'secret' }, maxNotes: { type: 'number', visibility: 'client' } },
      required: ['apiKey'],
    });
  });
});
