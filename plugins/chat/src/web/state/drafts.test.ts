import { describe, expect, it } from '@jest/globals';
import { createDrafts } from './drafts.ts';

const createStorage = () => {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
};

describe('drafts', () => {
  it('keeps one text per user and conversation', () => {
    const storage = createStorage();
    createDrafts('ann', storage).set('c1', 'hello');
    const places = [
      createDrafts('ann', storage).get('c1'),
      createDrafts('ann', storage).get('c2'),
      createDrafts('bob', storage).get('c1'),
    ];
    expect(places).toEqual(['hello', '', '']);
  });

  it('leaves nothing behind when the text is empty', () => {
    const storage = createStorage();
    const drafts = createDrafts('ann', storage);
    drafts.set('c1', 'hello');
    drafts.set('c1', '  ');
    expect(storage.values.size).toBe(0);
  });

  it('keeps what was typed after the text that is safe now', () => {
    const drafts = createDrafts('ann', createStorage());
    drafts.set('c1', 'sent\n');
    drafts.settle('c1', 'other');
    const kept = drafts.get('c1');
    drafts.settle('c1', 'sent');
    expect([kept, drafts.get('c1')]).toEqual(['sent\n', '']);
  });

  it('goes on without storage', () => {
    const forbidden = () => {
      throw new Error('forbidden');
    };
    const drafts = createDrafts('ann', { getItem: forbidden, setItem: forbidden, removeItem: forbidden });
    drafts.set('c1', 'hello');
    expect(drafts.get('c1')).toBe('');
  });
});
