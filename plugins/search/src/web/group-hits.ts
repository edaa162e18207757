import type { FoundConversation, FoundRecord, SearchResult } from '../contract/index.ts';

/** What was found in one conversation. */
export interface HitGroup {
  readonly conversation: FoundConversation;
  readonly hits: readonly FoundRecord[];
}

/**
 * The hits of all pages by conversation, in the order of the best hit of each. A group never grows above what is on the page
 * already: a conversation that comes again further down has another group there.
 */
export function groupHits(pages: readonly Pick<SearchResult, 'hits' | 'conversations'>[]): readonly HitGroup[] {
  const groups: HitGroup[] = [];
  const seen = new Set<string>();
  for (const { hits, conversations } of pages) {
    const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    const fresh = hits.filter((hit) => !seen.has(`${hit.collection}/${hit.id}`));
    for (const hit of fresh) seen.add(`${hit.collection}/${hit.id}`);
    for (const [id, some] of Map.groupBy(fresh, (hit) => hit.conversationId)) {
      const conversation = byId.get(id);
      const last = groups.at(-1);
      if (conversation === undefined) continue;
      if (last?.conversation.id === id) groups[groups.length - 1] = { conversation, hits: [...last.hits, ...some] };
      else groups.push({ conversation, hits: some });
    }
  }
  return groups;
}
