import { describe, expect, it } from '@jest/globals';
import { Secret } from '@parley/contracts';
import { createLog } from './create-log.ts';
import type { LogOptions } from './create-log.ts';
import { inRequest } from './request-scope.ts';

function capture(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'info', sink: (line) => lines.push(line), now: () => 0, ...options })('notes');
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('createLog', () => {
  it('writes one JSON line with time, level, plugin and fields', () => {
    const { log, last } = capture();
    log.info('saved', { id: 7 });
    expect(last()).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      plugin: 'notes',
      message: 'saved',
      id: 7,
    });
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = capture({ level: 'warn' });
    log.info('a');
    log.debug('b');
    log.warn('c');
    expect(lines).toHaveLength(1);
    const silent = capture({ level: 'silent' });
    silent.log.error('d');
    expect(silent.lines).toEqual([]);
  });

  it('carries the id of the request it is written in', async () => {
    const { log, last } = capture();
    await inRequest('r1', async () => {
      await Promise.resolve();
      log.info('inside');
    });
    expect(last()['requestId']).toBe('r1');
    log.info('outside');
    expect(last()).not.toHaveProperty('requestId');
  });

  it.each([
    ['a secret', { key: new Secret('swordfish') }],
    ['a secret deep inside', { a: [{ b: new Secret('swordfish') }] }],
    ['a password', { password: 'swordfish' }],
    ['a new password', { user: { newPassword: 'swordfish' } }],
    ['a key', { apiKey: 'swordfish' }],
    ['a key in snake case', { api_key: 'swordfish' }],
    ['a token', { accessToken: 'swordfish' }],
    ['headers', { headers: { Authorization: 'Bearer swordfish', cookie: 'a=swordfish' } }],
    ['the cause of an error', { error: new Error('x', { cause: { clientSecret: 'swordfish' } }) }],
  ])('never writes %s', (_name, fields) => {
    const { log, lines } = capture();
    log.error('failed', fields);
    expect(lines.join('')).not.toContain('swordfish');
  });

  it('writes errors with code, message, stack and cause', () => {
    const { log, last } = capture();
    log.error('failed', { error: new Error('top', { cause: new Error('below') }) });
    expect(last()['error']).toMatchObject({
      message: 'top',
      stack: expect.stringContaining('create-log.test'),
      cause: { message: 'below' },
    });
  });

  it('survives what JSON can not carry', () => {
    const { log, lines } = capture();
    const ring: Record<string, unknown> = { big: 1n, call: () => 1 };
    ring['self'] = ring;
    log.info('odd', ring);
    expect(lines).toHaveLength(1);
  });

  it('writes short lines for people on request', () => {
    const { log, lines } = capture({ pretty: true });
    log.warn('slow', { ms: 7 });
    expect(lines[0]).toBe('00:00:00 warn  notes: slow {"ms":7}');
  });
});
