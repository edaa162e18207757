import { describe, expect, it } from '@jest/globals';
import { createPrincipal } from '@parley/contracts';
import type { ModelRule } from '@parley/plugin-models/contract';
import { createHandlers } from './handlers.ts';
import type { RuleChange } from './handlers.ts';
import type { KeptRule, RuleBook } from './rule-book.ts';

const principal = createPrincipal({ kind: 'user', id: 'root', roles: ['admin'] });
const never = () => {
  throw new Error('unused');
};

const start = (before: Readonly<Record<string, KeptRule>> = {}) => {
  const set: unknown[] = [];
  const changes: RuleChange[] = [];
  const rules: RuleBook = {
    read: async () => ({ byModel: new Map(Object.entries(before)), settings: { newModels: 'shown' }, rev: 0 }),
    setRule: async (_principal, model, rule: ModelRule | undefined, rev) => {
      set.push([model, rule, rev]);
      return rule && { rule, rev: (rev ?? 0) + 1 };
    },
    setSettings: never,
    forget: never,
  };
  const directory = { list: never, find: never, parameters: never, manage: never };
  const handlers = createHandlers({
    directory,
    rules,
    test: never,
    onChange: async (change) => void changes.push(change),
  });
  const call = { principal } as Parameters<typeof handlers.setEnabled>[1];
  return {
    set,
    changes,
    setEnabled: (models: string[], enabled: boolean) => handlers.setEnabled({ models, enabled }, call),
  };
};

describe('showing and hiding many models', () => {
  it('keeps the rest of each rule, over the revision that was read', async () => {
    const { set, setEnabled } = start({ 'a/m': { rule: { name: 'Mine' }, rev: 4 } });
    await setEnabled(['a/m', 'a/n'], false);
    expect(set).toEqual([
      ['a/m', { name: 'Mine', enabled: false }, 4],
      ['a/n', { enabled: false }, 0],
    ]);
  });

  it('writes nothing for those that are so already, and tells of the change once', async () => {
    const { set, changes, setEnabled } = start({ 'a/m': { rule: { enabled: true }, rev: 1 } });
    await setEnabled(['a/m', 'a/n', 'a/n'], true);
    expect(set).toHaveLength(1);
    expect(changes).toHaveLength(1);
  });
});
