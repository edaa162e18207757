import { asServerError } from '../openai-errors.ts';
import type { Wishes } from './request-body.ts';

const ALL: Wishes = { summary: true, encrypted: true, history: true };

/** The wish that the server refused, by what it names as the cause. */
function refusedBy(error: unknown): keyof Wishes | undefined {
  const { status, code, param } = asServerError(error);
  if (status !== 400) return undefined;
  if (code === 'invalid_encrypted_content') return 'history';
  if (typeof param !== 'string') return undefined;
  if (param === 'include' || param.startsWith('include[')) return 'encrypted';
  return param === 'reasoning.summary' || param === 'reasoning' ? 'summary' : undefined;
}

/**
 * Asks for what is good to have, and learns from the server which models and accounts do without: no list of models could
 * tell it. What it refused is not asked of the same model again.
 */
export function createWishes() {
  const learned = new Map<string, Wishes>();
  return {
    /** What `open` gives, asked with fewer wishes as often as the server refuses one. @throws what `open` throws otherwise */
    async open<T>(
      model: string,
      open: (wishes: Wishes) => Promise<T>,
      onLost: (wish: keyof Wishes) => void,
    ): Promise<T> {
      let wishes = learned.get(model) ?? ALL;
      for (;;) {
        try {
          return await open(wishes);
        } catch (error) {
          const refused = refusedBy(error);
          if (refused === undefined || !wishes[refused]) throw error;
          wishes = { ...wishes, [refused]: false };
          onLost(refused);
          // Other conversations may well hold thoughts that can be read.
          learned.set(model, { ...wishes, history: true });
        }
      }
    },
  };
}
