import { describe, expect, it } from '@jest/globals';
import type { HighlightRequest } from './highlight-protocol.ts';
import { createHighlighter, type HighlightListener } from './highlighter.ts';

/** A worker that answers when told to. */
function createFakeWorker() {
  const requests: HighlightRequest[] = [];
  const listeners: HighlightListener[] = [];
  const highlighter = createHighlighter((listener) => {
    listeners.push(listener);
    return (request) => requests.push(request);
  });
  return { highlighter, requests, listeners };
}

describe('createHighlighter', () => {
  it('starts its worker with the first request only', async () => {
    const { highlighter, listeners } = createFakeWorker();
    expect(listeners).toHaveLength(0);
    void highlighter.highlight('a', 'js');
    void highlighter.highlight('b', 'js');
    expect(listeners).toHaveLength(1);
  });

  it('gives each answer to its question, in any order', async () => {
    const { highlighter, requests, listeners } = createFakeWorker();
    const [first, second] = [highlighter.highlight('a', 'js'), highlighter.highlight('b', 'js')];
    for (const { id, code } of requests.toReversed()) listeners[0]?.onReply({ id, lines: [[[code]]] });
    expect(await first).toEqual([[['a']]]);
    expect(await second).toEqual([[['b']]]);
  });

  it('remembers what it has coloured', async () => {
    const { highlighter, requests, listeners } = createFakeWorker();
    const reply = highlighter.highlight('a', 'js');
    listeners[0]?.onReply({ id: requests[0]?.id ?? 0, lines: [[['a', 'keyword']]] });
    const lines = await reply;
    expect(lines).toEqual([[['a', 'keyword']]]);
    expect(highlighter.find('a', 'js')).toBe(lines);
    expect(highlighter.find('a', 'ts')).toBeUndefined();
  });

  it('leaves code plain when the worker dies', async () => {
    const { highlighter, listeners } = createFakeWorker();
    const lines = highlighter.highlight('a', 'js');
    listeners[0]?.onFailure();
    expect(await lines).toBeUndefined();
    expect(await highlighter.highlight('b', 'js')).toBeUndefined();
  });

  it('does not send what is too long to be worth it', async () => {
    const { highlighter, requests } = createFakeWorker();
    expect(await highlighter.highlight('x'.repeat(100_001), 'js')).toBeUndefined();
    expect(requests).toHaveLength(0);
  });

  it('leaves code plain where there are no workers', async () => {
    expect(await createHighlighter(() => undefined).highlight('a', 'js')).toBeUndefined();
  });
});
