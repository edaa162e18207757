import type { Conversation } from '@parley/contracts';
import { messages } from './messages.ts';

/** Conversations under one heading. */
export interface ConversationGroup {
  readonly id: string;
  readonly title: string;
  readonly items: readonly Conversation[];
}

const DAY_MS = 86_400_000;

/**
 * Conversations by when a message was last added, in the order they come.
 * Shape: today, yesterday, the 7 and 30 days before, then months.
 */
export function groupByDate(conversations: readonly Conversation[], nowMs: number): readonly ConversationGroup[] {
  const groups = new Map<string, { id: string; title: string; items: Conversation[] }>();
  for (const conversation of conversations) {
    const { id, title } = groupOf(new Date(conversation.lastMessageAt), new Date(nowMs));
    const group = groups.get(id) ?? { id, title, items: [] };
    group.items.push(conversation);
    groups.set(id, group);
  }
  return [...groups.values()];
}

function groupOf(date: Date, now: Date): { readonly id: string; readonly title: string } {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MS);
  if (days <= 0) return { id: 'today', title: messages.today };
  if (days === 1) return { id: 'yesterday', title: messages.yesterday };
  if (days <= 7) return { id: 'previous-7', title: messages.previous7Days };
  if (days <= 30) return { id: 'previous-30', title: messages.previous30Days };
  const isThisYear = date.getFullYear() === now.getFullYear();
  return {
    id: `${date.getFullYear()}-${date.getMonth() + 1}`,
    title: date.toLocaleDateString(undefined, { month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) }),
  };
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
