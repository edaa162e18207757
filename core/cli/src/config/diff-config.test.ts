import { describe, expect, it } from '@jest/globals';
import type { PluginEntryView } from '@parley/contracts';
import { diffConfig } from './diff-config.ts';

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
  permissions: { network: [], declares: [], hooks: [], secrets: [], capabilities: [], storage: [] },
  ...more,
});

describe('the difference between file and what runs', () => {
  it('is nothing when they agree', () => {
    expect(diffConfig([entry('a', { settings: { x: [1] } })], [entry('a', { settings: { x: [1] } })])).toEqual([]);
  });

  it('names settings, presence and isolation', () => {
    const file = [entry('a', { settings: { limits: { max: 3 }, token: { $secret: true } } }), entry('b')];
    const runs = [
      entry('a', { settings: { limits: { max: 9 }, token: { $secret: true } }, isolation: 'process' }),
      entry('b', { isEnabled: false }),
      entry('c'),
    ];
    expect(diffConfig(file, runs)).toEqual([
      { place: 'a runs', file: 'inline', runs: 'process' },
      { place: 'a.limits.max', file: '3', runs: '9' },
      { place: 'b', file: 'enabled', runs: 'disabled' },
      { place: 'c', file: 'not there', runs: 'enabled' },
    ]);
  });
});
