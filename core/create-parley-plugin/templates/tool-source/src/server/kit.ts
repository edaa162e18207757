import { kitRun, toolSourceKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createTools } from './tools.ts';

/** What every tool source must do. A tool that waits for something adds a `slow` call, one with long results a `huge` one. */
export const kits = [
  kitRun(toolSourceKit, () => ({
    value: {
      source: createTools(Config.parse({ maxCharacters: 1_000 })),
      calls: {
        plain: { name: 'count_words', input: { text: 'One and another' }, text: '3 words' },
        invalid: { name: 'count_words', input: { text: 'x'.repeat(1_001) } },
      },
    },
    dispose: () => undefined,
  })),
];
