// The product under measurement: the default server plugins with a provider that points at the harness's upstream.
// Environment: UPSTREAM (address of the model), LOG=off (the journal of running answers is made and dropped), TAPS (stream taps to add).
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineContract, op, storageDriver } from '@parley/contracts';
import type { StorageDriver, StorageSession, Write } from '@parley/contracts';
import { startHost } from '@parley/host-server';
import { definePlugin } from '@parley/kernel';
import type { AnyPlugin, PluginUse } from '@parley/kernel';
import { chatStream } from '@parley/plugin-chat/contract';
import * as z from 'zod';

const load = async (name: string): Promise<AnyPlugin> =>
  ((await import(`@parley/plugin-${name}/server`)) as { default: AnyPlugin }).default;

const contract = defineContract('bench', '1.0.0', {
  small: op({
    method: 'GET',
    path: '/small',
    access: 'public',
    input: z.object({ id: z.string().default('1') }),
    output: z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()), at: z.string() }),
  }),
});

/** A plugin with the small route, and with as many synchronous stream taps as asked for. */
const benchPlugin = definePlugin({
  id: 'bench',
  version: '0.0.0',
  kernel: '^1.0.0',
  hooks: [chatStream],
  setup(ctx) {
    ctx.routes(contract, {
      small: ({ id }) => ({
        id,
        name: 'A small reply of a plugin',
        tags: ['one', 'two', 'three'],
        at: '2026-01-01T00:00:00.000Z',
      }),
    });
    for (let tap = 0; tap < Number(process.env['TAPS'] ?? 0); tap += 1)
      ctx.on(chatStream, () => ({ onPart: (part, emit) => emit(part) }));
  },
});

/** The journal of running answers; the sealed log of one that has ended is kept. */
const isJournal = (write: Write): boolean => write.collection === 'chat.journal';

/** A session that answers writes to the journal without keeping them. */
const skippingJournal = <S extends StorageSession>(session: S): S => {
  const skipping = Object.create(session) as S;
  skipping.write = (writes, durability) =>
    writes.length > 0 && writes.every(isJournal)
      ? Promise.resolve(writes.map((write) => (write.kind === 'insert' ? write.record : undefined)))
      : session.write(writes, durability);
  return skipping;
};

/** The same storage plugin without the journal. */
const withoutLog = (storage: AnyPlugin): AnyPlugin => ({
  ...storage,
  setup(ctx, deps) {
    const provide = (capability: never, implementation: StorageDriver, descriptor: never, key?: string): void => {
      const driver = skippingJournal(implementation);
      driver.transaction = (work) => implementation.transaction((session) => work(skippingJournal(session)));
      (ctx as unknown as { provide: (...all: unknown[]) => void }).provide(
        capability,
        (capability as { id: string }).id === storageDriver.id ? driver : implementation,
        descriptor,
        key,
      );
    };
    return storage.setup({ ...(ctx as object), provide } as never, deps);
  },
});

const storage = await load('storage-sqlite');
const names = ['cache-memory', 'identity', 'auth-local', 'events', 'conversations', 'models', 'chat'];
const provider = {
  key: 'bench',
  title: 'Bench',
  baseUrl: `${process.env['UPSTREAM'] ?? 'http://127.0.0.1:9'}/v1`,
  models: ['model'],
};
const plugins: PluginUse[] = [
  { plugin: process.env['LOG'] === 'off' ? withoutLog(storage) : storage, firstParty: true },
  ...(await Promise.all(names.map(load))).map((plugin) => ({ plugin, firstParty: true })),
  { plugin: await load('provider-openai'), config: provider },
  { plugin: benchPlugin },
];
const host = await startHost({
  plugins,
  port: 0,
  dataDir: mkdtempSync(join(tmpdir(), 'parley-bench-')),
  logLevel: 'error',
});
console.log(`listening ${host.url}`);
