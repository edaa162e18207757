// A plugin whose capability costs nothing, so that what is measured is the way to it.
import { defineCapability } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import * as z from 'zod';

/** What is called. */
interface Echo {
  say(text: string): Promise<string>;
  pieces(count: number): AsyncIterable<{ readonly type: 'text'; readonly text: string }>;
}

export const echo = defineCapability<Echo>()({
  id: 'bench.echo',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});

export default definePlugin({
  id: 'bench-echo',
  version: '1.0.0',
  kernel: '^1.0.0',
  provides: [echo],
  setup(ctx) {
    ctx.provide(
      echo,
      {
        say: async (text) => text,
        async *pieces(count) {
          for (let piece = 0; piece < count; piece += 1) yield { type: 'text', text: ' piece' };
        },
      },
      {},
    );
  },
});
