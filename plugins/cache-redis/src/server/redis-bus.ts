import { randomBytes } from 'node:crypto';
import type { Bus } from '@parley/contracts';
import { checkText, createMemoryBus } from '@parley/plugin-cache-memory/contract';
import type { Logger } from '@parley/kernel';
import type { RedisLink } from './redis-link.ts';

const NODE_ID_BYTES = 12;
const CHANNELS_AT_ONCE = 1_000;

/** A bus over Redis. */
export interface RedisBus extends Bus {
  /** Resolves once the server knows every subscription made so far, where it can be reached. */
  settled(): Promise<void>;
  /** Forgets every listener. */
  clear(): void;
}

/**
 * A bus whose own node hears each message directly and the others through Redis; so that nothing on this node waits for
 * Redis or doubles when it comes back.
 */
export function createRedisBus(deps: {
  readonly link: RedisLink;
  readonly keyPrefix: string;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}): RedisBus {
  const { link, keyPrefix, log } = deps;
  const { listening } = link;
  const channelPrefix = `${keyPrefix}b:`;
  const nodeId = randomBytes(NODE_ID_BYTES).toString('base64url');
  const local = createMemoryBus({
    onError: (error, topic) => log.error('a listener of the bus failed', { topic, error }),
  });
  const listeners = new Map<string, number>();
  const subscribed = new Set<string>();
  let isScheduled = false;

  const tell = (command: 'subscribe' | 'unsubscribe', channels: readonly string[]): void => {
    for (let from = 0; from < channels.length; from += CHANNELS_AT_ONCE) {
      // Fails only where the connection ends, and then everything is subscribed anew.
      listening[command](...channels.slice(from, from + CHANNELS_AT_ONCE)).catch(() => undefined);
    }
  };
  const follow = (): void => {
    isScheduled = false;
    if (listening.status !== 'ready') return;
    const come = [...listeners.keys()].filter((channel) => !subscribed.has(channel));
    const gone = [...subscribed].filter((channel) => !listeners.has(channel));
    for (const channel of come) subscribed.add(channel);
    for (const channel of gone) subscribed.delete(channel);
    tell('subscribe', come);
    tell('unsubscribe', gone);
  };
  const followSoon = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(follow);
  };
  const count = (channel: string, by: 1 | -1): void => {
    const left = (listeners.get(channel) ?? 0) + by;
    if (left === 0) listeners.delete(channel);
    else listeners.set(channel, left);
    followSoon();
  };

  listening.on('ready', () => {
    subscribed.clear();
    follow();
  });
  listening.on('message', (channel: string, text: string) => {
    const idLength = nodeId.length;
    if (!channel.startsWith(channelPrefix) || text.slice(0, idLength) === nodeId) return;
    void local.publish(channel.slice(channelPrefix.length), text.slice(idLength));
  });
  if (listening.status === 'ready') follow();

  return {
    async publish(topic, message) {
      const text = checkText(message);
      await local.publish(topic, text);
      await link.run('messages', (redis) => redis.publish(channelPrefix + topic.toWellFormed(), nodeId + text));
    },
    subscribe(topic, listener) {
      const channel = channelPrefix + topic.toWellFormed();
      const undo = local.subscribe(topic, listener);
      let isUndone = false;
      count(channel, 1);
      return () => {
        if (isUndone) return;
        isUndone = true;
        undo();
        count(channel, -1);
      };
    },
    async settled() {
      await Promise.resolve();
      if (listening.status === 'ready') await listening.ping();
    },
    clear: () => {
      local.clear();
      listeners.clear();
      followSoon();
    },
  };
}
