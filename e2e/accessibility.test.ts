import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATES_PLUGINS, visitStates } from './pages/states.ts';
import type { Look } from './pages/states.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

/** How a person may look at the page. */
const LOOKS: Readonly<Record<string, Look>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  // 640 px is what a window of 1280 px has left when it is zoomed to 200 %.
  'on a phone, small or zoomed': {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    widths: [320, 640],
  },
  'right to left': { direction: 'rtl' },
};

let scene: Scene;
/** Side by side, since most of the time is waiting. */
const walks = new Map<string, Promise<readonly string[]>>();

beforeAll(async () => {
  // A long answer takes more than a minute, so that it is still being written when axe has looked, on any machine.
  scene = await startScene({ pieceDelayMs: 30, plugins: STATES_PLUGINS });
  for (const [name, look] of Object.entries(LOOKS)) {
    walks.set(
      name,
      visitStates(scene, look).catch((error: unknown) => [String(error)]),
    );
  }
});

afterAll(async () => {
  await Promise.all(walks.values());
  await scene.stop();
});

describe.each(Object.keys(LOOKS))('the page, %s', (name) => {
  it('passes axe and fits its window in every state', async () => {
    expect(await walks.get(name)).toEqual([]);
  }, 600_000);
});
