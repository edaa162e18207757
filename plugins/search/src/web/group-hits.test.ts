import { expect, it } from '@jest/globals';
import type { FoundRecord } from '../contract/index.ts';
import { groupHits } from './group-hits.ts';

const hit = (id: string, conversationId: string): FoundRecord => ({
  id,
  collection: 'c',
  conversationId,
  at: '2026-01-01T00:00:00.000Z',
  snippet: [],
});
const page = (...hits: FoundRecord[]) => ({
  hits,
  conversations: [...new Set(hits.map(({ conversationId }) => conversationId))].map((id) => ({
    id,
    title: id,
    archived: false,
  })),
});
const shapeOf = (groups: ReturnType<typeof groupHits>) =>
  groups.map(({ conversation, hits }) => `${conversation.id}: ${hits.map(({ id }) => id).join(' ')}`);

it('brings the hits of a page together by conversation, the best first', () => {
  expect(shapeOf(groupHits([page(hit('1', 'b'), hit('2', 'a'), hit('3', 'b'))]))).toEqual(['b: 1 3', 'a: 2']);
});

it('goes on with the last group, and puts nothing above what is there', () => {
  const pages = [page(hit('1', 'a'), hit('2', 'b')), page(hit('3', 'a'), hit('4', 'b'))];
  expect(shapeOf(groupHits(pages))).toEqual(['a: 1', 'b: 2', 'a: 3', 'b: 4']);
  expect(shapeOf(groupHits([page(hit('1', 'a')), page(hit('2', 'a'))]))).toEqual(['a: 1 2']);
});

it('shows a hit once that comes on two pages', () => {
  expect(shapeOf(groupHits([page(hit('1', 'a')), page(hit('1', 'a'))]))).toEqual(['a: 1']);
});
