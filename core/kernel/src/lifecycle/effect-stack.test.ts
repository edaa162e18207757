import { describe, expect, it } from '@jest/globals';
import { createEffectStack } from './effect-stack.ts';

describe('the effects of a plugin', () => {
  it('are undone in reverse order, one after the other', async () => {
    const stack = createEffectStack();
    const undone: string[] = [];
    stack.add('first', () => void undone.push('first'));
    stack.add('slow', async () => {
      await Promise.resolve();
      undone.push('slow');
    });
    stack.add('last', () => void undone.push('last'));
    await expect(stack.undoAll(1_000)).resolves.toEqual([]);
    expect(undone).toEqual(['last', 'slow', 'first']);
  });

  it('are all undone where one throws, and that one is reported by its label', async () => {
    const stack = createEffectStack();
    const undone: string[] = [];
    stack.add('first', () => void undone.push('first'));
    stack.add('broken', () => {
      throw new Error('stuck');
    });
    await expect(stack.undoAll(1_000)).resolves.toEqual(['broken: stuck']);
    expect(undone).toEqual(['first']);
  });

  it('do not hold the others up where one never ends', async () => {
    const stack = createEffectStack();
    const undone: string[] = [];
    stack.add('first', () => void undone.push('first'));
    stack.add('poll', () => new Promise<never>(() => {}));
    await expect(stack.undoAll(5)).resolves.toEqual(['poll: was not undone within 5 ms']);
    expect(undone).toEqual(['first']);
  });

  it('are listed by label until they are undone', async () => {
    const stack = createEffectStack();
    stack.add('a', () => {});
    stack.add('b', () => {});
    expect(stack.labels()).toEqual(['a', 'b']);
    await stack.undoAll(1_000);
    expect(stack.labels()).toEqual([]);
  });
});
