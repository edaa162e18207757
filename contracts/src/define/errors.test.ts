import { describe, expect, it } from '@jest/globals';
import { AppError, defineErrors, isAppError } from './errors.ts';

const errors = defineErrors('acme.notes', {
  NOT_FOUND: [404, 'Note {id} does not exist'],
  FULL: [409, 'There are {count} notes; known: {known}'],
});

describe('declared errors', () => {
  it('have a code with the plugin in front', () => {
    expect(errors.NOT_FOUND().code).toBe('ACME_NOTES_NOT_FOUND');
    expect(errors.NOT_FOUND.code).toBe('ACME_NOTES_NOT_FOUND');
  });

  it('fill their message from the details', () => {
    const error = errors.FULL({ count: 3, known: ['a', 'b'] });
    expect(error.message).toBe('There are 3 notes; known: a, b');
    expect(error.details).toEqual({ count: 3, known: ['a', 'b'] });
    expect(error.status).toBe(409);
  });

  it('leave a place open that no detail fills', () => {
    expect(errors.NOT_FOUND({}).message).toBe('Note {id} does not exist');
  });

  it('do not fill a place from what a detail contains', () => {
    expect(errors.NOT_FOUND({ id: '{secret}', secret: 'x' }).message).toBe('Note {secret} does not exist');
  });

  it('keep their cause, and have none otherwise', () => {
    const cause = new Error('disk');
    expect(errors.NOT_FOUND({ id: 1 }, cause).cause).toBe(cause);
    expect(errors.NOT_FOUND({ id: 1 })).not.toHaveProperty('cause');
  });
});

describe('recognising an error', () => {
  it('goes by its code', () => {
    const error: unknown = errors.NOT_FOUND({ id: 1 });
    expect(isAppError(error)).toBe(true);
    expect(isAppError(error, 'ACME_NOTES_NOT_FOUND')).toBe(true);
    expect(isAppError(error, 'ACME_NOTES_FULL')).toBe(false);
  });

  it('works for the class of another bundle', () => {
    class OtherAppError extends Error {
      override readonly name = 'AppError';
      readonly code = 'ACME_NOTES_FULL';
      readonly status = 409;
    }
    const error = new OtherAppError('full');
    expect(error).not.toBeInstanceOf(AppError);
    expect(isAppError(error, 'ACME_NOTES_FULL')).toBe(true);
  });

  it.each([
    undefined,
    'text',
    { code: 'A', status: 400 },
    new Error('x'),
    Object.assign(new Error('x'), { code: 'ENOENT' }),
    Object.assign(new Error('of an SDK'), { code: 'rate_limit', status: 429 }),
  ])('does not take %p for one', (other) => {
    expect(isAppError(other)).toBe(false);
  });
});
