import { describe, expect, it, jest } from '@jest/globals';
import { createWishes } from './wishes.ts';
import type { Wishes } from './request-body.ts';

const refusal = (more: object) => Object.assign(new Error('refused'), { status: 400, ...more });

describe('wishes', () => {
  const refuseUnless =
    (isFine: (wishes: Wishes) => boolean, error: object) =>
    async (wishes: Wishes): Promise<Wishes> => {
      if (!isFine(wishes)) throw refusal(error);
      return wishes;
    };

  it.each([
    ['summary', { param: 'reasoning.summary', code: 'unsupported_value' }],
    ['encrypted', { param: 'include' }],
    ['history', { code: 'invalid_encrypted_content' }],
  ] as const)('do without %s where the server refuses it, and say so', async (wish, error) => {
    const lost = jest.fn();
    const granted = await createWishes().open(
      'm',
      refuseUnless((wishes) => !wishes[wish], error),
      lost,
    );
    expect(granted).toEqual({ summary: true, encrypted: true, history: true, [wish]: false });
    expect(lost).toHaveBeenCalledWith(wish);
  });

  it('are learned for each model, but for what depends on the conversation', async () => {
    const wishes = createWishes();
    const lost = () => undefined;
    await wishes.open(
      'm',
      refuseUnless(({ summary }) => !summary, { param: 'reasoning.summary' }),
      lost,
    );
    await wishes.open(
      'm',
      refuseUnless(({ history }) => !history, { code: 'invalid_encrypted_content' }),
      lost,
    );
    const grant = async (granted: Wishes) => granted;
    expect(await wishes.open('m', grant, lost)).toEqual({ summary: false, encrypted: true, history: true });
    expect(await wishes.open('other', grant, lost)).toEqual({ summary: true, encrypted: true, history: true });
  });

  it('pass on what is refused for another reason, and what is refused again', async () => {
    const always = (error: object) =>
      createWishes().open(
        'm',
        refuseUnless(() => false, error),
        () => undefined,
      );
    await expect(always({ param: 'temperature' })).rejects.toMatchObject({ param: 'temperature' });
    await expect(always({ param: 'include' })).rejects.toMatchObject({ param: 'include' });
    await expect(always({ status: 500, param: 'include' })).rejects.toMatchObject({ status: 500 });
  });
});
