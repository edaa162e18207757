import { describe, expect, it } from '@jest/globals';
import { createTestClock } from '../fixtures/clock.ts';
import { Breaker } from './breaker.ts';
import { DEFAULT_FAILURE_POLICY } from './failure-policy.ts';

function createBreaker() {
  const clock = createTestClock();
  const changes: string[] = [];
  const breaker = new Breaker({
    point: { pluginId: 'rag', hook: 'chat.context' },
    policy: DEFAULT_FAILURE_POLICY,
    now: clock.now,
    changed: ({ state }, before) => changes.push(`${before} -> ${state}`),
  });
  const fail = (times: number, isTimeout = false) => {
    for (let time = 0; time < times; time += 1) breaker.fail(isTimeout);
  };
  const trip = () => {
    fail(5);
    clock.advance(30_000);
    breaker.enter();
    breaker.pass();
  };
  return { breaker, clock, changes, fail, trip };
}

describe('a breaker', () => {
  it('lets calls through while they succeed, and tells of nothing', () => {
    const { breaker, changes } = createBreaker();
    breaker.pass();
    expect([breaker.enter(), breaker.state, changes]).toEqual([true, 'closed', []]);
  });

  it('opens at the fifth failure within a minute', () => {
    const { breaker, fail } = createBreaker();
    fail(4);
    expect(breaker.enter()).toBe(true);
    fail(1);
    expect(breaker.enter()).toBe(false);
    expect(breaker.reason).toBe('5 failures within 60 s in hook chat.context');
  });

  it('opens at the third time-out already', () => {
    const { breaker, fail } = createBreaker();
    fail(3, true);
    expect([breaker.state, breaker.reason]).toEqual(['open', '3 time-outs within 60 s in hook chat.context']);
  });

  it('forgives failures that are a minute old', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(4);
    clock.advance(60_001);
    fail(4);
    expect(breaker.state).toBe('closed');
  });

  it('lets one call through after half a minute, and no other', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(5);
    clock.advance(29_999);
    expect(breaker.enter()).toBe(false);
    clock.advance(1);
    expect([breaker.enter(), breaker.enter()]).toEqual([true, false]);
  });

  it('closes when that call succeeds, and starts counting anew', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(5);
    clock.advance(30_000);
    breaker.enter();
    breaker.pass();
    fail(4);
    expect(breaker.state).toBe('closed');
  });

  it('stays open for another half minute when that call fails, without counting as another trip', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(5);
    clock.advance(30_000);
    breaker.enter();
    fail(1);
    clock.advance(29_999);
    expect([breaker.enter(), breaker.trips]).toEqual([false, 1]);
  });

  it('takes another probe when the first one never ends', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(5);
    clock.advance(30_000);
    breaker.enter();
    clock.advance(30_000);
    expect(breaker.enter()).toBe(true);
  });

  it('does not hear of calls that began before it opened', () => {
    const { breaker, fail } = createBreaker();
    fail(9);
    breaker.pass();
    expect([breaker.state, breaker.trips]).toEqual(['open', 1]);
  });

  it('is worn out when it opens for the third time within an hour', () => {
    const { breaker, fail, trip } = createBreaker();
    trip();
    trip();
    expect(breaker.isWornOut).toBe(false);
    fail(5);
    expect(breaker.isWornOut).toBe(true);
  });

  it('is not worn out by trips that are far apart', () => {
    const { breaker, clock, fail, trip } = createBreaker();
    trip();
    trip();
    clock.advance(3_600_000);
    fail(5);
    expect([breaker.isWornOut, breaker.trips]).toEqual([false, 3]);
  });

  it('tells of each change once', () => {
    const { changes, trip } = createBreaker();
    trip();
    expect(changes).toEqual(['closed -> open', 'open -> probing', 'probing -> closed']);
  });

  it('says who is not called, why, and when it is tried again', () => {
    const { breaker, clock, fail } = createBreaker();
    fail(5);
    clock.advance(12_000);
    expect(breaker.error()).toMatchObject({
      code: 'KERNEL_BREAKER_OPEN',
      status: 503,
      message: expect.stringContaining('Plugin rag is not called for now: 5 failures within 60 s in hook chat.context'),
      details: { plugin: 'rag', breaker: 'hook chat.context', seconds: 18 },
    });
  });
});
