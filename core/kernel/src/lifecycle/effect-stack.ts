import { reasonOf } from '../kernel-errors.ts';
import { isPromiseLike, withTimeLimit } from '../time-limit.ts';

type Undo = () => void | Promise<void>;

/** What one generation of a plugin has registered, and how to undo it. */
export interface EffectStack {
  add(label: string, undo: Undo): void;
  /** In the order they were added. */
  labels(): readonly string[];
  /**
   * Undoes everything, the last first, one after the other. An undo that throws or takes longer than `timeoutMs` does
   * not stop the rest. Shape: the labels that could not be undone, with the reason.
   */
  undoAll(timeoutMs: number): Promise<readonly string[]>;
}

async function undoOne(label: string, undo: Undo, timeoutMs: number): Promise<string | undefined> {
  try {
    const undone = undo();
    if (isPromiseLike(undone)) {
      await withTimeLimit(undone, timeoutMs, () => new Error(`was not undone within ${timeoutMs} ms`));
    }
    return undefined;
  } catch (error) {
    return `${label}: ${reasonOf(error)}`;
  }
}

/** An empty stack. */
export function createEffectStack(): EffectStack {
  const effects: { readonly label: string; readonly undo: Undo }[] = [];
  return {
    add: (label, undo) => void effects.push({ label, undo }),
    labels: () => effects.map(({ label }) => label),
    async undoAll(timeoutMs) {
      const leftovers: string[] = [];
      for (let effect = effects.pop(); effect !== undefined; effect = effects.pop()) {
        const leftover = await undoOne(effect.label, effect.undo, timeoutMs);
        if (leftover !== undefined) leftovers.push(leftover);
      }
      return leftovers;
    },
  };
}
