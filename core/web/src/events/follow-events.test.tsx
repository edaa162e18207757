import { describe, expect, it, jest } from '@jest/globals';
import { AppError, type StreamEvent } from '@parley/contracts';
import type { HostEvent } from '../host/web-host.ts';
import { createEventHub } from './event-hub.ts';
import { followEvents } from './follow-events.ts';

type Connection = 'cut' | readonly HostEvent[];
const cut = new AppError({ code: 'CLIENT_OFFLINE', status: 503, message: 'cut' });

/** A server that serves `connections` in turn, then none any more: the signal ends it. */
async function follow(connections: readonly Connection[]) {
  const heard: string[] = [];
  const states: string[] = [];
  const onGap = jest.fn();
  const leave = new AbortController();
  const waiting = [...connections];
  const hub = createEventHub((error) => heard.push(String(error)));
  hub.on('conversation', ({ id }) => heard.push(id));
  const open = async function* (call: { onOpen: () => void }): AsyncGenerator<StreamEvent<HostEvent>> {
    const connection = waiting.shift();
    if (!connection) leave.abort(new Error('over'));
    if (!connection || connection === 'cut') throw cut;
    call.onOpen();
    for (const event of connection) yield { event };
  };
  const wait = async () => leave.signal.throwIfAborted();
  await followEvents({ open, hub, signal: leave.signal, onConnection: (each) => states.push(each), onGap, wait });
  return { heard, states, onGap };
}

describe('the event stream', () => {
  it('hands each event to the handlers of its topic', async () => {
    const { heard } = await follow([
      [
        { topic: 'conversation', id: 'a' },
        { topic: 'run', id: 'b' },
      ],
    ]);
    expect(heard).toEqual(['a']);
  });

  it('reads everything again once it is back after a cut', async () => {
    const { onGap, heard } = await follow([[{ topic: 'conversation', id: 'a' }], [{ topic: 'conversation', id: 'b' }]]);
    expect(heard).toEqual(['a', 'b']);
    expect(onGap).toHaveBeenCalledTimes(1);
  });

  it('counts as offline after two failures in a row', async () => {
    const { states } = await follow([[], 'cut', [{ topic: 'run', id: 'x' }]]);
    expect(states).toEqual(['online', 'offline', 'online']);
  });
});

describe('the event hub', () => {
  it('goes on after a handler that throws, and not after the undo', () => {
    const errors: unknown[] = [];
    const heard: string[] = [];
    const hub = createEventHub((error) => errors.push(error));
    hub.on('note', () => {
      throw new Error('handler');
    });
    const stop = hub.on('note', ({ id }) => heard.push(id));
    hub.emit({ topic: 'note', id: '1' });
    stop();
    hub.emit({ topic: 'note', id: '2' });
    expect(heard).toEqual(['1']);
    expect(errors).toHaveLength(2);
  });
});
