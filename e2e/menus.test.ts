import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { accountButton } from './pages/account.ts';
import { chatPage } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await startScene();
  ({ page } = await scene.member({ reducedMotion: 'no-preference' }));
  await page.goto(scene.server.url);
  await chatPage(page).box.waitFor();
});

afterAll(async () => {
  await scene.stop();
});

const focusedRole = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName ?? null);
const focusIsOn = (role: string): Promise<void> => eventually(async () => expect(await focusedRole()).toBe(role));

describe('a menu', () => {
  it('that is opened again as soon as it was closed has the focus', async () => {
    await accountButton(page).focus();
    for (let time = 0; time < 5; time += 1) {
      await page.keyboard.press('Enter');
      await focusIsOn('menuitem');
      await page.keyboard.press('Escape');
      await focusIsOn('BUTTON');
    }
  });

  it('opens at its last action with the arrow up, and at none under the pointer', async () => {
    await page.keyboard.press('ArrowUp');
    await eventually(async () =>
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Sign out'),
    );
    await page.keyboard.press('Escape');
    await accountButton(page).click();
    await focusIsOn('menu');
    await page.keyboard.press('Escape');
    await focusIsOn('BUTTON');
  });
});
