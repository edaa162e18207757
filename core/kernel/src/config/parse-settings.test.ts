import { describe, expect, it } from '@jest/globals';
import { Secret, secret } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import type { ConfigSource } from '../kernel-api.ts';
import { manifestOf } from '../manifest/manifest.ts';
import { clientSettings, parseSettings } from './parse-settings.ts';

const setup = () => {};
const pluginWith = <C extends z.ZodType>(config: C) =>
  definePlugin({ id: 'notes', version: '1.0.0', kernel: '^1.0.0', config, setup });
const Config = z.object({
  maxNotes: z.number().default(3).meta({ visibility: 'client' }),
  apiKey: secret().optional(),
  limits: z.object({ maxBytes: z.number() }).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  servers: z.array(z.object({ url: z.string() })).optional(),
  target: z.union([z.object({ file: z.string() }), z.object({ url: z.string() })]).optional(),
});
const plugin = pluginWith(Config);
const parse = (config: unknown, source?: ConfigSource) => parseSettings({ plugin, config }, manifestOf(plugin), source);
const textsOf = (config: unknown, source?: ConfigSource) => parse(config, source).problems.map(({ text }) => text);

describe('settings of a plugin', () => {
  it('take their defaults when nothing is given', () => {
    expect(parse(undefined)).toEqual({ settings: { maxNotes: 3 }, problems: [] });
  });

  it('name an unknown key and the nearest one', () => {
    expect(textsOf({ maxNote: 5 })).toEqual(['notes.maxNote: unknown setting; did you mean maxNotes?']);
  });

  it.each([
    [{ limits: { maxBytes: 1, maxByte: 2 } }, 'notes.limits.maxByte'],
    [{ servers: [{ url: 'x' }, { url: 'y', port: 1 }] }, 'notes.servers.1.port'],
    [{ target: { url: 'x', filee: 'y' } }, 'notes.target.filee'],
  ])('find an unknown key at any depth: %j', (config, place) => {
    expect(textsOf(config)[0]).toContain(`${place}: unknown setting`);
  });

  it('take any key where the schema does', () => {
    expect(textsOf({ labels: { anything: 'goes' } })).toEqual([]);
  });

  it('report all problems at once with file and line', () => {
    const source: ConfigSource = {
      place: (_: string, path: readonly PropertyKey[]) => `parley.config.yaml${path[0] === 'maxNotes' ? ':7' : ''}`,
    };
    const texts = textsOf({ maxNotes: 'many', limits: {}, wrong: 1 }, source);
    expect(texts).toHaveLength(3);
    expect(texts).toContainEqual(expect.stringMatching(/^parley\.config\.yaml:7: notes\.maxNotes: .*expected number/));
  });

  it('never show the value of a secret in a problem', () => {
    expect(textsOf({ apiKey: 12_345_678 }).join()).not.toContain('12345678');
  });

  it('hold secrets that do not show', () => {
    const { settings } = parse({ apiKey: 'sk-123' });
    const { apiKey } = settings as z.output<typeof Config>;
    expect(apiKey).toBeInstanceOf(Secret);
    expect(apiKey?.reveal()).toBe('sk-123');
    expect(JSON.stringify(settings)).not.toContain('sk-123');
  });

  it('are refused by a plugin that takes none', () => {
    const bare = definePlugin({ id: 'hello', version: '1.0.0', kernel: '^1.0.0', setup });
    const { problems } = parseSettings({ plugin: bare, config: { a: 1 } }, manifestOf(bare));
    expect(problems).toEqual([{ pluginId: 'hello', text: 'hello: this plugin takes no settings' }]);
    expect(parseSettings({ plugin: bare, config: {} }, manifestOf(bare)).problems).toEqual([]);
  });

  it('show a browser only what is marked visible', () => {
    const { settings } = parse({ apiKey: 'sk-123', maxNotes: 9 });
    expect(clientSettings(manifestOf(plugin), settings)).toEqual({ maxNotes: 9 });
  });

  it('can not mark a secret visible', () => {
    const leaky = pluginWith(z.object({ apiKey: secret().meta({ format: 'secret', visibility: 'client' }) }));
    const { problems } = parseSettings({ plugin: leaky, config: { apiKey: 'sk' } }, manifestOf(leaky));
    expect(problems.map(({ text }) => text)).toEqual(['notes.apiKey is a secret and can not be visible to browsers']);
  });
});
