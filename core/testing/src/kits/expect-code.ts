import assert from 'node:assert/strict';
import { isAppError } from '@parley/contracts';

/** Checks that `work` fails with the error `code`. */
export async function expectCode(code: string, work: Promise<unknown>): Promise<void> {
  let result: unknown;
  try {
    result = await work;
  } catch (error) {
    if (isAppError(error, code)) return;
    throw new assert.AssertionError({ message: `Expected the error ${code}, got ${String(error)}` });
  }
  throw new assert.AssertionError({ message: `Expected the error ${code}, got ${JSON.stringify(result)}` });
}
