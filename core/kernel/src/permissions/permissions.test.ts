import { describe, expect, it } from '@jest/globals';
import { auditEvent, cache, defineEntity, defineHook, live, optional, secret } from '@parley/contracts';
import type { AuditEvent, Cache } from '@parley/contracts';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import type { AnyPlugin } from '../define-plugin.ts';
import { createTestClock } from '../fixtures/clock.ts';
import { createMemoryDriver, createMemoryPlugin } from '../fixtures/memory-driver.ts';
import { startTestKernel, stateOf } from '../fixtures/start-kernel.ts';
import type { PluginUse } from '../composition-api.ts';
import type { KernelOptions } from '../kernel-api.ts';
import type { PluginContext } from '../plugin-context.ts';
import type { NetworkAccess } from './guard.ts';

const base = { version: '1.0.0', kernel: '^1.0.0' } as const;
const Note = defineEntity({ name: 'note', schema: z.object({ text: z.string() }), version: 1, scope: 'global' });
const greet = defineHook({
  id: 'greet',
  kind: 'waterfall',
  summary: 's',
  input: z.string(),
  onError: 'skip',
  timeoutMs: 100,
});

/** A kernel with one plugin, everything it may need, and a listener of `audit.event`. */
async function startWith(use: PluginUse | AnyPlugin, options: Partial<KernelOptions> = {}) {
  const events: AuditEvent[] = [];
  const auditor = definePlugin({
    ...base,
    id: 'auditor',
    hooks: [auditEvent],
    setup: (ctx) => ctx.on(auditEvent, (event) => void events.push(event)),
  });
  const redis = definePlugin({
    ...base,
    id: 'redis',
    provides: [cache],
    setup: (ctx) => ctx.provide(cache, {} as Cache, { title: 'Redis' }),
  });
  const first = (plugin: AnyPlugin): PluginUse => ({ plugin, firstParty: true });
  const memory = createMemoryDriver();
  const { kernel, lines } = await startTestKernel(
    [first(auditor), first(redis), first(createMemoryPlugin(memory.driver)), use],
    options,
  );
  const node = (id: string) => kernel.graph().plugins.find((plugin) => plugin.id === id);
  return { kernel, lines, events, node, prepared: memory.prepared };
}

/** Why a plugin with this setup does not start under these grants. */
async function reasonOf(use: PluginUse): Promise<string | undefined> {
  const { kernel } = await startWith(use);
  return stateOf(kernel, use.plugin.id)?.reason;
}

describe('what is declared and not granted', () => {
  it('is no hook that could be tapped', async () => {
    const plugin = definePlugin({ ...base, id: 'rag', hooks: [greet], setup: (ctx) => ctx.on(greet, () => 'hi') });
    expect(await reasonOf({ plugin, grants: {} })).toBe(
      "Plugin rag may not use ctx.on(greet); allow it in its entry of the composition: grants: { hooks: ['greet'] }",
    );
    expect(await reasonOf({ plugin, grants: { hooks: ['greet'] } })).toBeUndefined();
  });

  it('is no capability that could be used or provided', async () => {
    const line = "grants: { capabilities: ['cache'] }";
    const uses = definePlugin({ ...base, id: 'rag', requires: { cache }, setup() {} });
    const follows = definePlugin({ ...base, id: 'rag', requires: { cache: live(cache) }, setup() {} });
    const provides = definePlugin({
      ...base,
      id: 'rag',
      provides: [cache],
      setup: (ctx) => ctx.provide(cache, {} as Cache, { title: 'x' }),
    });
    for (const plugin of [uses, follows]) expect(await reasonOf({ plugin, grants: {} })).toContain(line);
    const { kernel } = await startWith({ plugin: provides, grants: {} }, { bindings: { cache: 'redis' } });
    expect(stateOf(kernel, 'rag')?.reason).toContain(line);
    expect(await reasonOf({ plugin: uses, grants: { capabilities: ['cache'] } })).toBeUndefined();
  });

  it('is missing where the plugin can live without it', async () => {
    let given: unknown = 'nothing yet';
    const plugin = definePlugin({
      ...base,
      id: 'rag',
      requires: { cache: optional(cache) },
      setup: (_ctx, deps) => void (given = deps.cache),
    });
    expect(await reasonOf({ plugin, grants: {} })).toBeUndefined();
    expect(given).toBeUndefined();
  });

  it('is no records, and nothing is made ready for them', async () => {
    const plugin = definePlugin({
      ...base,
      id: 'rag',
      entities: [Note],
      setup: (ctx) => void ctx.store(Note, ctx.system),
    });
    const { kernel, prepared } = await startWith({ plugin, grants: {} });
    expect(stateOf(kernel, 'rag')?.reason).toContain('may not use ctx.store; allow it in its entry');
    expect(stateOf(kernel, 'rag')?.reason).toContain('grants: { storage: true }');
    expect(prepared).toEqual([]);
    expect(await reasonOf({ plugin, grants: { storage: true } })).toBeUndefined();
  });

  it('is no transaction', async () => {
    const plugin = definePlugin({
      ...base,
      id: 'rag',
      entities: [Note],
      setup: (ctx) => ctx.transaction(async () => {}),
    });
    expect(await reasonOf({ plugin, grants: {} })).toContain('grants: { storage: true }');
  });

  it('is no secret that could be read; the other settings can', async () => {
    const config = z.object({
      apiKey: secret(),
      title: z.string(),
      servers: z.array(z.object({ name: z.string(), token: secret() })),
    });
    const plugin = definePlugin({
      ...base,
      id: 'rag',
      config,
      setup({ config: settings, log }) {
        log.info(`${settings.title} ${settings.servers[0]?.name} ${settings.servers[0]?.token.reveal()}`);
        settings.apiKey.reveal();
      },
    });
    const settings = { apiKey: 'sk-1', title: 'RAG', servers: [{ name: 'a', token: 't-1' }] };
    const { kernel, lines } = await startWith({ plugin, config: settings, grants: { secrets: ['servers[].token'] } });
    expect(lines.find(({ pluginId }) => pluginId === 'rag')?.message).toBe('RAG a t-1');
    expect(stateOf(kernel, 'rag')?.reason).toContain(
      "may not use the setting apiKey; allow it in its entry of the composition: grants: { secrets: ['apiKey'] }",
    );
  });
});

describe('the network', () => {
  const plugin = definePlugin({
    ...base,
    id: 'rag',
    config: z.object({ baseUrl: z.string() }),
    permissions: { network: ['api.example.com', 'config:baseUrl'] },
    setup: (ctx) => void ctx.fetch,
  });
  const start = async (grants: PluginUse['grants']) => {
    let access: NetworkAccess | undefined;
    const use = { plugin, config: { baseUrl: 'http://127.0.0.1:8080/v1' }, ...(grants ? { grants } : {}) };
    const test = await startWith(use, {
      fetchFor: (_pluginId, given) => {
        access = given;
        return fetch;
      },
    });
    if (access === undefined) throw new Error('The plugin did not ask for its fetch');
    return { ...test, access };
  };

  it('is open to what is declared and granted', async () => {
    expect((await start(undefined)).access.allowed).toEqual(['api.example.com', 'http://127.0.0.1:8080']);
    expect((await start({ network: ['config:baseUrl', 'evil.test'] })).access.allowed).toEqual([
      'http://127.0.0.1:8080',
    ]);
  });

  it('is closed with the line to add: to the grants where it is declared, else to the definition', async () => {
    const { access, node } = await start({});
    expect(access.refuse(new URL('https://api.example.com/v1')).message).toContain(
      "grants: { network: ['api.example.com'] }",
    );
    expect(access.refuse(new URL('http://127.0.0.1:8080/v1')).message).toContain(
      "grants: { network: ['config:baseUrl'] }",
    );
    expect(access.refuse(new URL('https://evil.test/')).message).toContain("permissions: { network: ['evil.test'] }");
    expect(node('rag')?.denied).toBe(3);
  });
});

describe('without grants', () => {
  const plugin = definePlugin({ ...base, id: 'rag', hooks: [greet], setup: (ctx) => ctx.on(greet, () => 'hi') });

  it('a first-party plugin may use what it declares', async () => {
    const { kernel } = await startWith({ plugin, firstParty: true }, { grantDeclared: false });
    expect(stateOf(kernel, 'rag')?.state).toBe('ready');
  });

  it('another one only when the host says so', async () => {
    const asked = await startWith({ plugin }, { grantDeclared: false });
    expect(stateOf(asked.kernel, 'rag')?.reason).toContain("grants: { hooks: ['greet'] }");
    const allowed = await startWith({ plugin }, { grantDeclared: true });
    expect(stateOf(allowed.kernel, 'rag')?.state).toBe('ready');
  });
});

describe('a denial', () => {
  const undeclared = defineHook({ ...greet, id: 'other' });
  const prober = definePlugin({
    ...base,
    id: 'prober',
    hooks: [greet],
    setup: (ctx) =>
      ctx.on(greet, () => {
        (ctx as PluginContext<unknown>).on(undeclared, () => {});
      }),
  });

  it('is counted, kept, logged and told, the same one at most once a minute', async () => {
    const clock = createTestClock();
    const { kernel, lines, events, node } = await startWith({ plugin: prober }, { clock });
    const probe = () => kernel.hook(greet).run('x', kernel.call());
    const seen = () => [
      node('prober')?.denied,
      kernel.denials().length,
      lines.filter(({ message }) => message.includes('ctx.on(other)')).length,
      events.length,
    ];
    await probe();
    await probe();
    expect(seen()).toEqual([2, 2, 1, 1]);
    clock.advance(60_000);
    await probe();
    expect(seen()).toEqual([3, 3, 2, 2]);
  });

  it('says who tried what, when, and the line that would allow it', async () => {
    const { kernel, events } = await startWith({ plugin: prober }, { clock: createTestClock(7) });
    await kernel.hook(greet).run('x', kernel.call());
    const denial = {
      pluginId: 'prober',
      permission: 'hook',
      what: 'ctx.on(other)',
      message: 'Plugin prober uses ctx.on(other) without declaring it; add to its definition: hooks: [other]',
      atMs: 7,
    };
    expect(kernel.denials()).toEqual([denial]);
    expect(events).toEqual([{ kind: 'denied', ...denial }]);
  });
});

describe('the graph', () => {
  it('shows what a plugin declares to use', async () => {
    const plugin = definePlugin({
      ...base,
      id: 'rag',
      config: z.object({ apiKey: secret().optional() }),
      hooks: [greet],
      requires: { cache },
      permissions: { network: ['api.example.com'] },
      setup() {},
    });
    const { node } = await startWith({ plugin });
    expect(node('rag')?.permissions).toEqual({
      network: ['api.example.com'],
      secrets: ['apiKey'],
      hooks: ['greet'],
      capabilities: ['cache'],
      storage: false,
    });
  });
});
