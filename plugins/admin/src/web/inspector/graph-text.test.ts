import { describe, expect, it } from '@jest/globals';
import { node } from '../fixtures/fake-kernel.ts';
import { graphText } from './graph-text.ts';
import { levelsOf, wiresOf } from './wiring-of.ts';

const store = node('store', {
  provides: [
    {
      capability: 'storage-driver',
      key: 'store',
      leases: 2,
      calls: 9,
      errors: 1,
      timeouts: 0,
      totalMs: 9,
      methods: {},
      p50Ms: 0.4,
      p95Ms: 12,
    },
  ],
});
const chat = node('chat', {
  level: 1,
  requires: [{ capability: 'storage-driver', need: 'required', providers: ['store'] }],
  draining: [{ generation: 1, holds: 3 }],
  breakers: [{ hook: 'chat.prompt', state: 'open', trips: 2, reason: 'timed out', sinceMs: 10 }],
});

describe('graphText', () => {
  const tap = {
    pluginId: 'chat',
    phase: 'normal' as const,
    reason: 'after rag because it says so',
    calls: 4,
    errors: 0,
    totalMs: 8,
    timeouts: 0,
  };
  const text = graphText(
    {
      kernel: '1.0.0',
      plugins: [chat, store],
      hooks: [{ id: 'chat.prompt', kind: 'waterfall', taps: [tap] }],
      problems: ['slow disk'],
    },
    new Date('2026-06-01T10:00:00Z'),
  );
  it.each([
    'Parley, kernel 1.0.0, 2026-06-01T10:00:00.000Z',
    '- slow disk',
    '[0] store 0.1.0  ready  generation 1  start 4.00 ms',
    'needs storage-driver (required) from store',
    'provides storage-driver as store: 9 calls, 1 errors, p50 0.40 ms, p95 12 ms, 2 leases',
    'generation 1 drains: 3 holds',
    'breaker of chat.prompt is open: timed out',
    '1. chat  normal  after rag because it says so: 4 calls, 0 errors, 0 timeouts, p50 -, p95 -',
  ])('says %j', (line) => {
    expect(text).toContain(line);
  });
});

describe('the wires of a plugin', () => {
  it('lead to what it needs and to who needs it', () => {
    expect(wiresOf([chat, store], 'chat').needs).toEqual([
      { pluginId: 'store', capability: 'storage-driver', need: 'required' },
    ]);
    expect(wiresOf([chat, store], 'store').usedBy.map(({ pluginId }) => pluginId)).toEqual(['chat']);
  });

  it('go from level to level', () => {
    expect(levelsOf([chat, store]).map((level) => level.map(({ id }) => id))).toEqual([['store'], ['chat']]);
  });
});
