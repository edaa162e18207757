import { describe, expect, it } from '@jest/globals';
import type { Bus } from '@parley/contracts';
import type { UserEvent } from '@parley/plugin-events/contract';
import { createUserEvents, followUserEvents } from './user-events.ts';

const createBus = () => {
  const listeners = new Map<string, Set<(message: string) => void>>();
  const bus: Bus = {
    publish: (topic, message) => {
      for (const listener of listeners.get(topic) ?? []) listener(message);
      return Promise.resolve();
    },
    subscribe: (topic, listener) => {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known.add(listener));
      return () => known.delete(listener);
    },
  };
  return { bus, count: () => [...listeners.values()].reduce((sum, known) => sum + known.size, 0) };
};

const start = (maxBuffered?: number) => {
  const { bus, count } = createBus();
  const leaving = new AbortController();
  const events = followUserEvents({
    bus,
    userId: 'ann',
    signal: leaving.signal,
    ...(maxBuffered === undefined ? {} : { maxBuffered }),
  });
  return { users: createUserEvents(bus), reader: events[Symbol.asyncIterator](), leaving, count };
};

const next = async (reader: AsyncIterator<UserEvent>) => (await reader.next()).value as UserEvent | undefined;

describe('followUserEvents', () => {
  it('delivers what is published for the user, in order, also before the first read', async () => {
    const { users, reader } = start();
    await users.publish('ann', { topic: 'conversation', id: 'a', rev: 1 });
    await users.publish('ann', { topic: 'message', id: 'b', parentId: 'a' });
    expect(await next(reader)).toEqual({ topic: 'conversation', id: 'a', rev: 1 });
    expect(await next(reader)).toEqual({ topic: 'message', id: 'b', parentId: 'a' });
  });

  it('delivers an event to a reader that waits', async () => {
    const { users, reader } = start();
    const waiting = next(reader);
    await users.publish('ann', { topic: 'run', id: 'r' });
    expect(await waiting).toEqual({ topic: 'run', id: 'r' });
  });

  it('keeps the events of other users away', async () => {
    const { users, reader } = start();
    await users.publish('ben', { topic: 'conversation', id: 'secret' });
    await users.publish('ann', { topic: 'conversation', id: 'own' });
    expect(await next(reader)).toMatchObject({ id: 'own' });
  });

  it('delivers what is published for everybody', async () => {
    const { users, reader } = start();
    await users.publishToAll({ topic: 'models', id: 'shared' });
    expect(await next(reader)).toEqual({ topic: 'models', id: 'shared' });
  });

  it('keeps only the latest event of a record between two reads', async () => {
    const { users, reader } = start();
    for (let rev = 1; rev <= 5; rev += 1) await users.publish('ann', { topic: 'conversation', id: 'a', rev });
    await users.publish('ann', { topic: 'conversation', id: 'b', rev: 1 });
    expect(await next(reader)).toMatchObject({ id: 'a', rev: 5 });
    expect(await next(reader)).toMatchObject({ id: 'b' });
  });

  it('asks a reader that fell too far behind to read everything again', async () => {
    const { users, reader } = start(3);
    for (let index = 0; index < 4; index += 1) await users.publish('ann', { topic: 'message', id: `m${index}` });
    expect(await next(reader)).toEqual({ topic: 'resync', id: 'ann' });
    await users.publish('ann', { topic: 'message', id: 'later' });
    expect(await next(reader)).toMatchObject({ id: 'later' });
  });

  it('ends and unsubscribes when the reader leaves', async () => {
    const { reader, leaving, count } = start();
    const waiting = reader.next();
    leaving.abort();
    expect(await waiting).toMatchObject({ done: true });
    expect(count()).toBe(0);
  });

  it('unsubscribes a reader that leaves before it has read', () => {
    const { leaving, count } = start();
    leaving.abort();
    expect(count()).toBe(0);
  });
});
