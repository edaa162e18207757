import { describe, expect, it } from '@jest/globals';
import type { Message } from '@parley/contracts';
import { branchThrough, createMessageTree, latestLeaf, siblingsOf } from './message-tree.ts';

const message = (id: string, parentId?: string, role: Message['role'] = 'user'): Message => ({
  id,
  conversationId: 'c',
  ...(parentId === undefined ? {} : { parentId }),
  role,
  parts: [],
  state: 'complete',
  createdAt: '2026-01-01T00:00:00.000Z',
});

const tree = createMessageTree([
  message('ask'),
  message('answer 1', 'ask', 'assistant'),
  message('more', 'answer 1'),
  message('answer 2', 'ask', 'assistant'),
  message('ask again'),
]);
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id);

describe('the message tree', () => {
  it('follows the newest branch without a leaf', () => {
    expect(ids(branchThrough(tree, undefined))).toEqual(['ask again']);
  });

  it('goes on from a message in the middle along its newest branch', () => {
    expect(ids(branchThrough(tree, 'ask'))).toEqual(['ask', 'answer 2']);
  });

  it('shows the branch that ends at the leaf', () => {
    expect(ids(branchThrough(tree, 'more'))).toEqual(['ask', 'answer 1', 'more']);
  });

  it('takes the newest branch when the leaf is not there', () => {
    expect(ids(branchThrough(tree, 'gone'))).toEqual(['ask again']);
  });

  it('knows the alternatives of an answer and of a first prompt', () => {
    const places = ['answer 2', 'ask'].map((id) => siblingsOf(tree, tree.byId.get(id) as Message));
    expect(places).toEqual([
      { ids: ['answer 1', 'answer 2'], index: 1 },
      { ids: ['ask', 'ask again'], index: 0 },
    ]);
  });

  it('begins a branch at a message whose parent is missing', () => {
    expect(ids(branchThrough(createMessageTree([message('b', 'gone')]), 'b'))).toEqual(['b']);
  });

  it('has no leaf without messages', () => {
    expect(latestLeaf(createMessageTree([]))).toBeUndefined();
  });
});
