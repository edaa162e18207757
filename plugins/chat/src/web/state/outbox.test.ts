import { describe, expect, it } from '@jest/globals';
import type { Message } from '@parley/contracts';
import { changeItem, itemOf, type OutboxItem, withOutbox } from './outbox.ts';

const item = (change: Partial<OutboxItem> = {}): OutboxItem => ({
  request: { idempotencyKey: 'key', messageId: 'p', parts: [{ type: 'text', text: 'hello' }], model: 'demo/guide' },
  conversationId: 'c',
  promptId: 'p',
  createdAt: '2026-01-01T00:00:00.000Z',
  state: 'sending',
  ...change,
});
const receipt = { streamId: 'r', runId: 'r', conversationId: 'c', userMessageId: 'p', messageId: 'a', replayed: false };
const ids = (messages: readonly Message[]) => messages.map(({ id }) => id);

describe('the outbox', () => {
  it('shows prompt and answer before the server knows them', () => {
    expect(ids(withOutbox([], [item()], 'c'))).toEqual(['p', 'key']);
  });

  it('names answer and run as soon as the server has', () => {
    const [, answer] = withOutbox([], changeItem([item()], 'key', { state: 'sent', receipt }), 'c');
    expect(answer).toMatchObject({ id: 'a', runId: 'r', state: 'running' });
  });

  it('lets what the server gave win', () => {
    const stored = withOutbox([], [item({ state: 'sent', receipt })], 'c').map((message) => ({
      ...message,
      state: 'complete' as const,
    }));
    expect(withOutbox(stored, [item({ state: 'sent', receipt })], 'c')).toBe(stored);
  });

  it('shows only the prompt of a message that could not be sent', () => {
    expect(ids(withOutbox([], [item({ state: 'failed' })], 'c'))).toEqual(['p']);
  });

  it('shows the place of an answer that is written again', () => {
    const request = { idempotencyKey: 'key', retryOf: 'old', model: 'demo/guide' };
    expect(ids(withOutbox([], [item({ request, promptId: 'p' })], 'c'))).toEqual(['key']);
  });

  it('leaves other conversations alone', () => {
    expect(withOutbox([], [item()], 'other')).toEqual([]);
  });

  it('finds the request behind a prompt and behind an answer', () => {
    const outbox = [item()];
    expect([itemOf(outbox, 'p'), itemOf(outbox, 'key'), itemOf(outbox, 'x')]).toEqual([
      outbox[0],
      outbox[0],
      undefined,
    ]);
  });
});
