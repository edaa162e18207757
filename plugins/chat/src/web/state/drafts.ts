/** What a person has typed and not sent, by conversation; survives a reload. */
export interface Drafts {
  get(place: string): string;
  /** An empty text removes the draft. */
  set(place: string, text: string): void;
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
  return {
    get: (place) => attempt(() => storage.getItem(key(place)) ?? '', ''),
    set: (place, text) =>
      attempt(
        () => (text.trim() === '' ? storage.removeItem(key(place)) : storage.setItem(key(place), text)),
        undefined,
      ),
  };
}
