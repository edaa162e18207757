import type { Conversation } from '@parley/contracts';
import type { InfiniteData } from '@tanstack/react-query';

/** A list of conversations as it was read, in pages. */
export type ConversationPages = InfiniteData<
  { readonly items: Conversation[]; readonly next?: string | undefined },
  string | undefined
>;

/** The pages with one conversation changed. */
export const withChange = (pages: ConversationPages, id: string, change: Partial<Conversation>): ConversationPages => ({
  ...pages,
  pages: pages.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
  })),
});

/** The pages without one conversation. */
export const withoutConversation = (pages: ConversationPages, id: string): ConversationPages => ({
  ...pages,
  pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
});

/** The pages with a conversation at the front. */
export const withFirst = (pages: ConversationPages, conversation: Conversation): ConversationPages => {
  const [first = { items: [] }, ...rest] = withoutConversation(pages, conversation.id).pages;
  return { ...pages, pages: [{ ...first, items: [conversation, ...first.items] }, ...rest] };
};
