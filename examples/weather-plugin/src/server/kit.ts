import { kitRun, toolSourceKit } from '@parley/testing/kits';
import { createTools } from './tools.ts';

/** What every tool source must do. */
export const kits = [
  kitRun(toolSourceKit, () => ({
    value: {
      source: createTools(),
      calls: {
        plain: {
          name: 'get_weather',
          input: { place: 'oslo' },
          text: 'Oslo: rain, 9 °C (5 to 11 °C), wind 22 km/h.',
        },
        invalid: { name: 'get_weather', input: { place: '' } },
      },
      faults: { TOOL_FAILED: { name: 'get_weather', input: { place: 'Atlantis' } } },
    },
    dispose: () => undefined,
  })),
];
