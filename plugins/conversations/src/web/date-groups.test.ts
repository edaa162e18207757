import { describe, expect, it } from '@jest/globals';
import type { Conversation } from '@parley/contracts';
import { groupByDate } from './date-groups.ts';

const now = new Date(2026, 10, 22, 12);
const at = (id: string, date: Date): Conversation => ({
  id,
  title: id,
  pinned: false,
  archived: false,
  lastMessageAt: date.toISOString(),
  createdAt: date.toISOString(),
  updatedAt: date.toISOString(),
  rev: 1,
});
const groups = (...dates: Date[]) =>
  groupByDate(
    dates.map((date, index) => at(String(index), date)),
    now.getTime(),
  );

describe('date groups', () => {
  it('names what is near by day, what is far by month', () => {
    const titles = groups(
      new Date(2026, 10, 22, 0, 5),
      new Date(2026, 10, 21, 23),
      new Date(2026, 10, 15),
      new Date(2026, 10, 14),
      new Date(2026, 9, 23),
      new Date(2026, 9, 3),
      new Date(2025, 9, 3),
    ).map(({ title }) => title);
    expect(titles).toEqual(['Today', 'Yesterday', 'Previous 7 days', 'Previous 30 days', 'October', 'October 2025']);
  });

  it('counts calendar days, not hours', () => {
    expect(groups(new Date(2026, 10, 21, 23, 59)).map(({ id }) => id)).toEqual(['yesterday']);
  });

  it('takes a clock that is ahead for today', () => {
    expect(groups(new Date(2026, 10, 23)).map(({ id }) => id)).toEqual(['today']);
  });
});
