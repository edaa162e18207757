import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelErrors } from '@parley/contracts';
import { createFakeClock } from './fake-clock.ts';
import { createGate } from './gate.ts';
import { cut, delay, script, think } from './script.ts';
import { startTestHost } from './start-test-host.ts';
import type { TestHost } from './start-test-host.ts';

describe('a turn', () => {
  let host: TestHost;
  const clock = createFakeClock();
  beforeAll(async () => {
    host = await startTestHost({ plugins: [], shipped: true, model: script`Hello ${delay(60_000)} world`, clock });
  });
  afterAll(() => host.stop());

  it('is one line, from the sign-up to the words of the answer', async () => {
    const before = clock.now();
    await host.user('ada').chat('hi').expectText('Hello world');
    expect(clock.now() - before).toBe(60_000);
  });

  it('signs one name up once', async () => {
    const [first, second] = await Promise.all([host.user('ada'), host.user('ada')]);
    expect(first.user.id).toBe(second.user.id);
  });

  it('tells parts, text and events', async () => {
    host.model.answer(...script`${think('hm')} Yes`);
    const turn = host.user('ada').chat('Really?');
    expect((await turn.parts()).map(({ type }) => type)).toEqual(['reasoning', 'text']);
    expect(await turn.text()).toBe('Yes');
    expect((await turn).events.at(-1)).toMatchObject({ type: 'run-end', state: 'completed' });
  });

  it('follows another turn in the same conversation', async () => {
    const ada = host.user('ada');
    const first = await ada.chat('one');
    const second = await ada.chat('two', { after: first });
    expect(second.conversationId).toBe(first.conversationId);
    expect(host.model.requests.at(-1)?.messages.filter(({ role }) => role === 'user')).toHaveLength(2);
  });

  it('can be read while it is written, and stopped', async () => {
    const gate = createGate();
    host.model.answer(...script`Some ${gate} more`);
    const turn = host.user('ada').chat('Slowly');
    await gate.reached;
    for await (const event of turn.events()) if (event.type === 'part-delta') break;
    expect((await turn.stop()).message.state).toBe('stopped');
    await expect(turn.expectText('Some more')).rejects.toThrow('it is stopped with the text "Some "');
  });

  it('says why an answer failed', async () => {
    host.model.answer(...script`Some ${modelErrors.RATE_LIMIT({ provider: 'scripted', retryAfterSeconds: 3 })}`);
    const turn = host.user('ada').chat('Again');
    await expect(turn.expectText('Some')).rejects.toThrow(
      /it is failed \(MODEL_RATE_LIMIT: .*\) with the text "Some "/,
    );
  });

  it('fails when the model breaks off', async () => {
    host.model.answer(...script`Some ${cut()}`);
    expect((await host.user('ada').chat('Again')).message.state).toBe('failed');
  });

  it('talks to the model that is named', async () => {
    await host
      .user('ada')
      .chat('Say this', { model: 'demo/echo' })
      .expectText(/Say this/);
  });
});

describe('a host without a scripted model', () => {
  it('says how to get one', async () => {
    await using host = await startTestHost({ plugins: [] });
    expect(() => host.model).toThrow('start it with { model: script`Hello` }');
  });
});
