import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { defineContract, defineEntity, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { script, startTestHost, testPluginContract } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { onNode } from '@parley/testing/kits';
import * as z from 'zod';
import { REPORT_PART, Report, weatherContract } from './contract/index.ts';
import weather from './server/index.ts';
import { kits } from './server/kit.ts';

for (const kit of kits) kit.test(onNode({ describe, it }));

const start = (options: object = {}) =>
  startTestHost({ plugins: [weather], shipped: true, model: script`Take a coat.`, ...options });
const reportIn = (parts: readonly { readonly type: string; readonly data?: unknown }[]) =>
  Report.parse(parts.find(({ type }) => type === REPORT_PART)?.data);

describe('a question about the weather', () => {
  it('is answered with a card before the words, and the model knows it too', async () => {
    await using host = await start();
    const turn = await host.user('ada').chat('How is the weather in Oslo?');
    assert.deepEqual(
      turn.parts.map(({ type }) => type),
      [REPORT_PART, 'text'],
    );
    assert.equal(reportIn(turn.parts).temperature, 9);
    const [system] = host.model.requests.at(-1)?.messages ?? [];
    assert.match(JSON.stringify(system?.parts), /The weather now in Oslo: rain/);
  });

  it('is about the home where it names no place, in the unit of that person', async () => {
    await using host = await start();
    await (await host.user('ada')).client(weatherContract).setHome({ place: 'Cairo', unit: 'fahrenheit' });
    const { parts } = await host.user('ada').chat('And the weather?');
    assert.deepEqual([reportIn(parts).place, reportIn(parts).temperature], ['Cairo', 88]);
    assert.deepEqual((await host.user('bob').chat('And the weather?')).parts.length, 1);
  });

  it('is left to the model where the operator wants no cards', async () => {
    await using host = await start({ config: { weather: { answersWeather: false } } });
    await host.user('ada').chat('How is the weather in Oslo?').expectText('Take a coat.');
    assert.equal((await host.user('ada').chat('weather in Oslo')).parts.length, 1);
  });
});

describe('a home that was set with version 1', () => {
  it('is there with a unit', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-weather-'));
    const before = await startTestHost({ plugins: [versionOne], shipped: true, dataDir });
    const ada = await before.user('ada');
    await ada.client(contractOne).setHome({ place: 'Lima' });
    await before.stop();
    const after = await start({ dataDir });
    const reply = await after.request('/api/x/weather/home', {
      headers: { authorization: `Bearer ${ada.accessToken}` },
    });
    assert.deepEqual(await reply.json(), { home: { place: 'Lima', unit: 'celsius' } });
    await after.stop();
    await rm(dataDir, { recursive: true });
  });
});

/** The plugin as it was before homes had a unit. */
const contractOne = defineContract('weather', '1.0.0', {
  setHome: op({
    method: 'PUT',
    path: '/home',
    access: 'user',
    input: z.object({ place: z.string() }),
    output: z.object({}),
  }),
});
const entityOne = defineEntity({ name: 'home', schema: z.object({ place: z.string() }), version: 1, scope: 'user' });
const versionOne = definePlugin({
  id: 'weather',
  version: '0.9.0',
  kernel: '^1.0.0',
  entities: [entityOne],
  setup(ctx) {
    ctx.routes(contractOne, {
      setHome: async (home, { principal }) => {
        await ctx.store(entityOne, principal).insert(home);
        return {};
      },
    });
  },
});

describe('weather', () => {
  it('leaves nothing behind', async () => {
    const exercise = async (host: TestHost) => {
      await host.user('ada').chat('How is the weather in Oslo?');
      await (await host.user('ada')).client(weatherContract).setHome({ place: 'Lima', unit: 'celsius' });
    };
    await testPluginContract(weather, { shipped: true, model: script`Take a coat.`, exercise });
  });
});
