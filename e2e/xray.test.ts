import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeProblems, overflowPixels } from './browser.ts';
import { answerEnded, beginChat, lastAnswer } from './pages/chat.ts';
import { memberWindow, startScene } from './scene.ts';
import type { Scene } from './scene.ts';

const BOB = { name: 'Bob', email: 'bob@example.org', password: 'quiet-otter-over-the-weir' };
const TOUCHING = join(import.meta.dirname, 'fixtures/touching-plugin.ts');

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ plugins: [`{ use: '${TOUCHING}' }`] });
});

afterAll(async () => {
  await scene.stop();
});

const button = (page: Page) => lastAnswer(page).getByRole('button', { name: 'How this answer was made' });

async function openXray(page: Page) {
  await beginChat(page, 'A table', scene.server.url);
  await answerEnded(page);
  await button(page).click();
  const dialog = page.getByRole('dialog', { name: 'How this answer was made' });
  await dialog.getByRole('list', { name: 'Steps, in order' }).waitFor();
  return dialog;
}

describe('the X-ray of an answer', () => {
  it('shows administrators which plugin changed what, in order', async () => {
    const { page, problems } = await scene.member();
    const dialog = await openXray(page);
    const steps = await dialog.getByRole('listitem').allTextContents();
    const names = steps.map((step) => /^(model-routing|touching|The model)/.exec(step)?.[1]);
    expect(names).toEqual(['model-routing', 'touching', 'The model', 'touching']);
    await dialog.getByText('system', { exact: true }).click();
    await dialog.getByText('Be brief.').waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true }],
    ['on the smallest screen', { viewport: { width: 320, height: 640 } }],
  ] as const)('passes axe and fits, %s', async (_name, look) => {
    const { page } = await scene.member(look);
    const dialog = await openXray(page);
    await dialog.getByText('system', { exact: true }).click();
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBe(0);
    await page.context().close();
  });

  it('is not offered to others, and its code does not reach them', async () => {
    await fetch(`${scene.server.url}/api/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(BOB),
    });
    const { page } = await memberWindow(scene.browser, scene.server.url, {}, BOB);
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await beginChat(page, 'A table', scene.server.url);
    await answerEnded(page);
    expect(await button(page).count()).toBe(0);
    expect(paths.filter((path) => path.includes('xray'))).toEqual([]);
    await page.context().close();
  });
});
