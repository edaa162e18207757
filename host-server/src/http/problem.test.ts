import { describe, expect, it } from '@jest/globals';
import { defineErrors, storageErrors } from '@parley/contracts';
import type { ServerResponse } from 'node:http';
import { sendProblem, toProblem } from './problem.ts';

/** Status and headers of the reply to an error. */
function replyTo(error: unknown): { status: number; headers: Readonly<Record<string, string | number>> } {
  const sent = { status: 0, headers: {} };
  const response = {
    headersSent: false,
    writeHead: (status: number, headers: object) => Object.assign(sent, { status, headers }),
    end: () => undefined,
  };
  sendProblem(response as unknown as ServerResponse, toProblem(error, 'request'));
  return sent;
}

describe('an error of the storage', () => {
  it('asks to come back when the database is away', () => {
    expect(replyTo(storageErrors.UNAVAILABLE())).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(toProblem(storageErrors.UNAVAILABLE(), 'request').details).toEqual({ retryAfterSeconds: 2 });
  });

  it('is 507 when the disk is full', () => {
    const { status, headers } = replyTo(storageErrors.FULL());
    expect([status, headers['retry-after']]).toEqual([507, undefined]);
  });
});

describe('any error', () => {
  it('keeps a time of its own to come back', () => {
    const errors = defineErrors('test', { BUSY: [503, 'busy'] });
    expect(replyTo(errors.BUSY({ retryAfterSeconds: 30 })).headers).toMatchObject({ 'retry-after': '30' });
  });

  it('tells nothing of its inside', () => {
    const problem = toProblem(new Error('secret'), 'request');
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problem.details).toBeUndefined();
  });
});
