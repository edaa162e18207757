import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { defineContract, op } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import type { PluginContext } from '@parley/kernel';
import * as z from 'zod';
import { testPluginContract } from './test-plugin-contract.ts';

const contract = defineContract('sample', '1.0.0', {
  hello: op({
    method: 'GET',
    path: '/hello',
    access: 'public',
    input: z.object({}),
    output: z.object({ text: z.string() }),
  }),
});
const plugin = (setup: (ctx: PluginContext<undefined>) => void) =>
  definePlugin({ id: 'sample', version: '1.0.0', kernel: '^1.0.0', setup });
const servesHello = (text: unknown) =>
  plugin((ctx) => ctx.routes(contract, { hello: () => ({ text: text as string }) }));

describe('testPluginContract', () => {
  it('passes a plugin that undoes all it did', async () => {
    const timer = plugin((ctx) => {
      ctx.effect(() => {
        const id = setInterval(() => undefined, 1000);
        return () => clearInterval(id);
      }, 'poll');
    });
    await expect(testPluginContract(timer)).resolves.toBeUndefined();
  });

  it('passes one whose replies fit', async () => {
    const exercise = async (host: { request(path: string): Promise<Response> }) => {
      expect(await (await host.request('/api/x/sample/hello')).json()).toEqual({ text: 'hi' });
    };
    await expect(testPluginContract(servesHello('hi'), { exercise })).resolves.toBeUndefined();
  });

  it('finds a reply that does not fit its schema', async () => {
    const exercise = async (host: { request(path: string): Promise<Response> }) => {
      await host.request('/api/x/sample/hello');
    };
    await expect(testPluginContract(servesHello(1), { exercise })).rejects.toThrow('does not fit its schema');
  });

  it('finds a timer left running', async () => {
    let id: NodeJS.Timeout | undefined;
    const leak = plugin(() => {
      id = setInterval(() => undefined, 1000);
    });
    await expect(testPluginContract(leak)).rejects.toThrow(/Timeout left, made .*test-plugin-contract\.test/);
    clearInterval(id);
  });

  it('finds a timer that a request has left', async () => {
    let id: NodeJS.Timeout | undefined;
    const leak = plugin((ctx) =>
      ctx.routes(contract, {
        hello: () => {
          id = setInterval(() => undefined, 1000);
          return { text: 'hi' };
        },
      }),
    );
    const exercise = async (host: { request(path: string): Promise<Response> }) => {
      await host.request('/api/x/sample/hello');
    };
    await expect(testPluginContract(leak, { exercise })).rejects.toThrow(
      /Timeout left, made .*test-plugin-contract\.test/,
    );
    clearInterval(id);
  });

  it('does not count what goes on elsewhere in the process', async () => {
    let id: NodeJS.Timeout | undefined;
    const repeat = (): void => {
      id = setTimeout(repeat, 5);
    };
    repeat();
    await expect(testPluginContract(servesHello('hi'))).resolves.toBeUndefined();
    clearTimeout(id);
  });

  it('finds a server left listening', async () => {
    const server = createServer();
    const leak = plugin(() => void server.listen(0));
    await expect(testPluginContract(leak)).rejects.toThrow('TCPSERVERWRAP left');
    server.close();
  });

  it('finds a plugin that does not start', async () => {
    const broken = plugin(() => {
      throw new Error('no luck');
    });
    await expect(testPluginContract(broken)).rejects.toThrow('is failed, not ready: ');
  });

  it('finds an undo that throws', async () => {
    const stuck = plugin((ctx) =>
      ctx.effect(
        () => () => {
          throw new Error('stuck');
        },
        'the pump',
      ),
    );
    await expect(testPluginContract(stuck)).rejects.toThrow(/could not be undone: .*the pump/);
  });

  it('finds an id that is not kebab-case', async () => {
    const odd = definePlugin({ id: 'Sample_1', version: '1.0.0', kernel: '^1.0.0', setup: () => undefined });
    await expect(testPluginContract(odd)).rejects.toThrow();
  });
});
