import { describe, expect, it } from '@jest/globals';
import { Id, newId } from './ids.ts';

describe('ids', () => {
  it('are valid UUIDs of version 7', () => {
    for (let count = 0; count < 100; count += 1) {
      const id = newId();
      expect(Id.safeParse(id).success).toBe(true);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('are unique and sort in the order they were made, also within one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted((left, right) => (left < right ? -1 : 1))).toEqual(ids);
  });

  it('keep their order when the clock goes back', () => {
    const first = newId(Date.now() + 1_000);
    expect(newId(Date.now()) > first).toBe(true);
  });

  it('begin with the millisecond they were made in', () => {
    const nowMs = Date.now() + 60_000;
    expect(Number.parseInt(newId(nowMs).replaceAll('-', '').slice(0, 12), 16)).toBe(nowMs);
  });
});
