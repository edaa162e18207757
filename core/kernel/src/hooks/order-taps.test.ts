import { describe, expect, it } from '@jest/globals';
import type { TapOrder } from '@parley/contracts';
import * as fc from 'fast-check';
import { orderReason, orderTaps } from './order-taps.ts';
import { createTap } from './registered-tap.ts';

const tap = (pluginId: string, order: TapOrder = {}, position = 0) =>
  createTap({ pluginId, names: [pluginId], position }, () => undefined, order);
const ids = (taps: readonly { readonly pluginId: string }[]) => taps.map(({ pluginId }) => pluginId);

describe('the order of taps', () => {
  it('is the order of the composition where nothing else is said', () => {
    expect(ids(orderTaps('h', [tap('b', {}, 2), tap('a', {}, 1)]))).toEqual(['a', 'b']);
  });

  it('puts early before normal before late', () => {
    const taps = [tap('z', { phase: 'late' }, 0), tap('n', {}, 1), tap('e', { phase: 'early' }, 2)];
    expect(ids(orderTaps('h', taps))).toEqual(['e', 'n', 'z']);
  });

  it('puts names above phases', () => {
    const taps = [tap('e', { phase: 'early', after: ['z'] }), tap('z', { phase: 'late' })];
    expect(ids(orderTaps('h', taps))).toEqual(['z', 'e']);
  });

  it('follows before and after across plugins', () => {
    const taps = [tap('a', { after: ['c'] }, 0), tap('b', { before: ['c'] }, 1), tap('c', {}, 2)];
    expect(ids(orderTaps('h', taps))).toEqual(['b', 'c', 'a']);
  });

  it('knows a plugin by its own id too when it is used under another', () => {
    const twice = createTap({ pluginId: 'second', names: ['second', 'openai'], position: 0 }, () => undefined);
    expect(ids(orderTaps('h', [twice, tap('a', { before: ['openai'] }, 1)]))).toEqual(['a', 'second']);
  });

  it('keeps two taps of one plugin in the order they were added', () => {
    const first = tap('a', { before: ['a'] });
    const second = tap('a');
    expect(orderTaps('h', [first, second])).toEqual([first, second]);
  });

  it('refuses a cycle with its path', () => {
    const taps = [
      tap('a', { before: ['b'] }),
      tap('b', { before: ['c'] }),
      tap('c', { before: ['a'] }),
      tap('d', { after: ['c'] }),
    ];
    expect(() => orderTaps('chat.prompt', taps)).toThrow(
      /chat\.prompt can not be put in an order: (a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c);/,
    );
  });

  it('holds every wish of any set of wishes without a cycle', () => {
    const wishes = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 });
    fc.assert(
      fc.property(wishes, (pairs) => {
        const before = new Map<number, string[]>();
        for (const [left, right] of pairs) {
          if (left < right) before.set(left, [...(before.get(left) ?? []), `p${right}`]);
        }
        const taps = Array.from({ length: 8 }, (_, index) =>
          tap(`p${index}`, { before: before.get(index) ?? [] }, 8 - index),
        );
        const ordered = ids(orderTaps('h', taps));
        expect(ordered).toHaveLength(8);
        for (const [left, names] of before) {
          for (const name of names) expect(ordered.indexOf(`p${left}`)).toBeLessThan(ordered.indexOf(name));
        }
      }),
    );
  });

  it('says why a tap stands where it stands', () => {
    expect(orderReason(tap('a', { phase: 'late', before: ['x', 'y'], after: ['z'] }))).toBe(
      'phase late; before x, y; after z',
    );
    expect(orderReason(tap('a'))).toBe('order of the composition');
  });
});
