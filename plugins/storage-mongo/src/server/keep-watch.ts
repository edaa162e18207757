import type { mongo } from 'mongoose';

const EVERY_MS = 1_000;

/**
 * Connects the client anew when its look-out for a server has begun a look that never ends: it happens when a connection breaks
 * in the instant in which it was made, and nothing else would ever wake it. Returns its undo.
 */
export function keepWatch(client: mongo.MongoClient, longestLookMs: number): () => void {
  const begun = new Map<string, number>();
  client.on('serverHeartbeatStarted', ({ connectionId }) => begun.set(connectionId, performance.now()));
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => begun.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => begun.delete(connectionId));
  client.on('serverClosed', ({ address }) => begun.delete(address));
  let isStopped = false;
  let healing: Promise<void> | undefined;
  const heal = async (): Promise<void> => {
    begun.clear();
    await client.close(true);
    if (!isStopped) await client.connect();
  };
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (healing || ![...begun.values()].some((startedMs) => nowMs - startedMs > longestLookMs)) return;
    // A server that is away is looked for by the new look-out too.
    healing = heal()
      .catch(() => undefined)
      .finally(() => (healing = undefined));
  }, EVERY_MS).unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
