import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { visitStates } from './pages/states.ts';
import type { Look } from './pages/states.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});

afterAll(async () => {
  await scene.stop();
});

/** How a person may look at the page. */
const LOOKS: Readonly<Record<string, Look>> = {
  'light and dark': { colorScheme: 'light', isDarkToo: true },
  // 640 px is what a window of 1280 px has left when it is zoomed to 200 %.
  'on a phone, small or zoomed': { viewport: { width: 390, height: 844 }, hasTouch: true, widths: [320, 640] },
  'right to left': { direction: 'rtl' },
};

describe.each(Object.entries(LOOKS))('the page, %s', (_, look) => {
  it('is well in every state', async () => {
    expect(await visitStates(scene, look)).toEqual([]);
  }, 120_000);
});
