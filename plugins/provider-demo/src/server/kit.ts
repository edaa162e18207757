import { kitRun, modelProviderKit } from '@parley/testing/kits';
import { Config } from './config.ts';
import { createDemoProvider } from './demo-provider.ts';

/** The conformance kits the demo models pass. */
export const kits = [
  kitRun(modelProviderKit, () => {
    const text = 'Grüße an 世界 👩🏽‍🚀!';
    const provider = createDemoProvider(Config.parse({ pieceDelayMs: 2, firstPieceDelayMs: 0 }));
    return {
      value: {
        provider,
        turns: {
          plain: { model: 'echo', prompt: 'Say this back', text: 'Say this back' },
          slow: { model: 'guide', prompt: 'something long' },
          reasoning: { model: 'guide', prompt: 'show me math' },
          unicode: { model: 'echo', prompt: text, text },
        },
      },
      dispose: () => undefined,
    };
  }),
];
