import type { Conversation } from '@parley/contracts';

/** What can be done with a row. The functions never change identity. */
export interface RowActions {
  readonly change: (conversation: Conversation, change: Partial<Conversation>) => void;
  readonly remove: (conversation: Conversation) => void;
}
