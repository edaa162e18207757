/** What a person has typed and not sent, by conversation; survives a reload. */
export interface Drafts {
  get(place: string): string;
  /** An empty text removes the draft. */
  set(place: string, text: string): void;
  /** Removes the draft if it still is this text, which is safe elsewhere now. */
  settle(place: string, text: string): void;
}

/** The place of the draft of a conversation that does not exist yet. */
export const NEW_CHAT = 'new';

/** Drafts of one user in this browser. A full or forbidden storage loses drafts, never the page. */
export function createDrafts(userId: string, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Drafts {
  const key = (place: string) => `draft:${userId}:${place}`;
  const attempt = <T>(access: () => T, otherwise: T): T => {
    try {
      return access();
    } catch {
      return otherwise;
    }
  };
  const get = (place: string) => attempt(() => storage.getItem(key(place)) ?? '', '');
  return {
    get,
    settle: (place, text) =>
      attempt(() => (get(place).trim() === text.trim() ? storage.removeItem(key(place)) : undefined), undefined),
    set: (place, text) =>
      attempt(
        () => (text.trim() === '' ? storage.removeItem(key(place)) : storage.setItem(key(place), text)),
        undefined,
      ),
  };
}
