import { describe, expect, it } from '@jest/globals';
import { defineContract, hostReady, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import * as z from 'zod';
import { createGate } from './gate.ts';
import { script } from './script.ts';
import { startTestHost } from './start-test-host.ts';

const greetings = defineContract('greeter', '1.0.0', {
  greet: op({
    method: 'GET',
    path: '/',
    access: 'public',
    input: z.object({}),
    output: z.object({ text: z.string() }),
  }),
});

const greeter = definePlugin({
  id: 'greeter',
  version: '1.0.0',
  kernel: '^1.0.0',
  hooks: [hostReady],
  config: z.object({ text: z.string().default('Hello') }).prefault({}),
  setup(ctx) {
    ctx.on(hostReady, () => undefined);
    ctx.routes(greetings, { greet: () => ({ text: ctx.config.text }) });
  },
});

describe('a plugin of a test host', () => {
  it('is disabled and enabled while the host runs', async () => {
    await using host = await startTestHost({ plugins: [greeter] });
    const status = async () => (await host.request('/api/x/greeter/')).status;
    await host.plugin('greeter').disable();
    expect([await status(), host.plugin('greeter').node()]).toEqual([404, undefined]);
    await host.expectNoLeaks();
    await host.plugin('greeter').enable();
    expect([await status(), host.plugin('greeter').node()?.state]).toEqual([200, 'ready']);
  });

  it('gets other settings while the host runs', async () => {
    await using host = await startTestHost({ plugins: [greeter] });
    await host.plugin('greeter').configure({ text: 'Good day' });
    expect(await host.client(greetings).greet({})).toEqual({ text: 'Good day' });
  });

  it('is told from those there are', async () => {
    await using host = await startTestHost({ plugins: [greeter] });
    expect(() => host.plugin('greter')).toThrow('There is no plugin greter; the host has greeter');
  });

  it('is seen to leak while something of it still runs', async () => {
    await using host = await startTestHost({ plugins: [], shipped: true, model: script`Hello` });
    const gate = createGate();
    host.model.answer(...script`Hel ${gate} lo`);
    const turn = host.user('ada').chat('hi');
    await gate.reached;
    await host.plugin('scripted-model').disable();
    await expect(host.expectNoLeaks()).rejects.toThrow('an earlier generation still serves what began with it');
    gate.open();
    await turn.expectText('Hel lo');
    await host.expectNoLeaks();
  });
});
