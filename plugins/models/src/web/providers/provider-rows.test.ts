import { describe, expect, it } from '@jest/globals';
import type { PluginEntryView, PluginNodeView, ProviderStatus } from '@parley/contracts';
import { instanceChanges, splitSettings } from './instance-form.ts';
import { freeKey, kindTitle, providerRows } from './provider-rows.ts';

const permissions = { network: [], declares: [], hooks: [], secrets: [], capabilities: [], storage: [] };
const settingsSchema = {
  type: 'object',
  required: ['account'],
  properties: {
    key: { type: 'string', default: 'acme' },
    title: { type: 'string', default: 'Acme' },
    baseUrl: { type: 'string' },
    account: { type: 'string' },
    models: { type: 'array' },
  },
};
const entry = (id: string, more: Partial<PluginEntryView> = {}): PluginEntryView => ({
  id,
  use: id,
  state: 'ready',
  isEnabled: true,
  source: 'default',
  isChanged: false,
  isFirstParty: true,
  isCritical: false,
  isolation: 'inline',
  settings: {},
  settingsOrigin: {},
  permissions,
  provides: ['model-provider'],
  settingsSchema,
  ...more,
});
const node = (id: string, key: string): PluginNodeView => ({
  id,
  version: '1.0.0',
  state: 'ready',
  critical: false,
  generation: 1,
  level: 0,
  requires: [],
  provides: [
    { capability: 'model-provider', key, leases: 0, calls: 0, errors: 0, timeouts: 0, totalMs: 0, methods: {} },
  ],
  effects: [],
  routes: [],
  operations: [],
  health: {},
  draining: [],
  breakers: [],
  denied: 0,
  isolation: 'inline',
});
const status = (key: string, demo = false): ProviderStatus => ({ key, title: key, demo, state: 'ready' });

describe('providerRows', () => {
  it('knows which plugin a provider is by the key it provides', () => {
    const { running } = providerRows([status('mine')], [entry('provider-acme')], [node('provider-acme', 'mine')]);
    expect(running.map(({ entry: found }) => found?.id)).toEqual(['provider-acme']);
  });

  it('puts the demo last, and leaves out what makes its models of those of others', () => {
    const names = entry('names', { settingsSchema: {} });
    const { running } = providerRows(
      [status('auto'), status('demo', true), status('mine')],
      [entry('provider-acme'), entry('demo', { settingsSchema: {} }), names],
      [node('names', 'auto'), node('demo', 'demo'), node('provider-acme', 'mine')],
    );
    expect(running.map(({ status: { key } }) => key)).toEqual(['mine', 'demo']);
  });

  it('names what is turned on and not there', () => {
    const { failed } = providerRows([], [entry('a', { state: 'failed' }), entry('b', { isEnabled: false })], []);
    expect(failed.map(({ id }) => id)).toEqual(['a']);
  });

  it('offers each plugin once that can run several times', () => {
    const again = entry('mine', { use: 'provider-acme' });
    const { kinds } = providerRows([], [again, entry('provider-acme'), entry('demo', { settingsSchema: {} })], []);
    expect(kinds.map(({ id }) => [id, kindTitle(entry(id))])).toEqual([['provider-acme', 'Acme']]);
  });
});

describe('freeKey', () => {
  it('makes a key of a name that nobody has yet', () => {
    expect(freeKey('Äcme Lab!', new Set())).toBe('acme-lab');
    expect(freeKey('Acme', new Set(['acme', 'acme-2']))).toBe('acme-3');
    expect(freeKey('日本', new Set())).toBe('provider');
  });
});

describe('a new provider', () => {
  it('asks first for what is required and for its address', () => {
    const { first, rest } = splitSettings(settingsSchema);
    expect(Object.keys(first.properties ?? {})).toEqual(['baseUrl', 'account']);
    expect(Object.keys(rest.properties ?? {})).toEqual(['models']);
  });

  it('is one more of a plugin that runs, and the plugin itself where it is off', () => {
    const wish = { key: 'lab', title: 'Lab', settings: { account: 'x' } };
    expect(instanceChanges(entry('provider-acme'), wish)).toEqual([
      { do: 'add', use: 'provider-acme', id: 'lab', settings: { account: 'x', key: 'lab', title: 'Lab' } },
    ]);
    expect(instanceChanges(entry('provider-acme', { isEnabled: false }), wish)).toEqual([
      { do: 'enable', id: 'provider-acme' },
      { do: 'configure', id: 'provider-acme', settings: { account: 'x', key: 'lab', title: 'Lab' } },
    ]);
  });
});
