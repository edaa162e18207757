import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { answerEnded, answerShows, beginChat, chatPage, lastAnswer, say } from './pages/chat.ts';
import { marketPlugin, modelPicker, pickModel } from './pages/model-picker.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let window: MemberWindow;
let page: Page;

beforeAll(async () => {
  scene = await startScene({ plugins: [marketPlugin(500)] });
  window = await scene.member();
  ({ page } = window);
});

afterAll(async () => {
  await scene.stop();
});

afterEach(() => {
  expect(window.problems).toEqual([]);
});

/** The name of the option that the keys are on. */
const activeOption = (): Promise<string> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? '';
  });

describe('among 500 models', () => {
  it('one is found, made a favourite and picked without a mouse', async () => {
    await page.goto(scene.server.url);
    await chatPage(page).model.waitFor();
    await page.keyboard.press('Control+Shift+M');
    await modelPicker(page).search.waitFor();
    await page.keyboard.type('bulk 417');
    await eventually(async () => expect(await activeOption()).toContain('Bulk 417'));
    await page.keyboard.press('Control+d');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Model: Bulk 417' }).waitFor();
    await eventually(async () =>
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Message'),
    );
  });

  it('the favourite comes first after a reload', async () => {
    await page.reload();
    await chatPage(page).model.click();
    const first = modelPicker(page).options.first();
    await first.waitFor();
    expect(await first.textContent()).toContain('Bulk 417');
  });

  it('the arrows and End reach the last one, in view', async () => {
    await page.keyboard.press('End');
    await eventually(async () => expect(await activeOption()).toContain('Bulk 500'));
    const row = modelPicker(page).options.last();
    await eventually(async () =>
      expect(
        await row.evaluate((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
        }),
      ).toBe(true),
    );
    await page.keyboard.press('Escape');
  });
});

describe('what a model is asked with', () => {
  it('reaches it, and is kept for the next message', async () => {
    await page.goto(scene.server.url);
    await pickModel(page, 'Scholar');
    const { parameters, webSearch } = modelPicker(page);
    await parameters.click();
    await page.getByRole('slider', { name: 'Temperature' }).press('Home');
    await page.keyboard.press('Escape');
    await webSearch.click();
    await say(page, 'What do herons do?');
    await answerShows(page, 'Asked with {"temperature":0} and web-search.');
    await page.reload();
    await answerEnded(page);
    await say(page, 'And then?');
    await answerShows(page, 'Asked with {"temperature":0} and web-search.');
    await answerEnded(page);
  });

  it('is repeated when the answer is written again', async () => {
    const before = await chatPage(page).answers.count();
    await lastAnswer(page).getByRole('button', { name: 'Write the answer again', exact: true }).click();
    await lastAnswer(page).getByText('2 / 2').waitFor();
    await answerShows(page, 'Asked with {"temperature":0} and web-search.');
    expect(await chatPage(page).answers.count()).toBe(before);
  });

  it('is not that of another model', async () => {
    await lastAnswer(page).getByRole('button', { name: 'Write the answer again with another model' }).click();
    await modelPicker(page).search.fill('echo');
    await modelPicker(page).options.first().click();
    await answerShows(page, 'And then?');
    await page.getByRole('button', { name: 'Model: Echo' }).waitFor();
    expect(await modelPicker(page).webSearch.count()).toBe(0);
  });
});

describe('an answer', () => {
  it('keeps its notices, sources and cost over a reload', async () => {
    await page.goto(scene.server.url);
    await pickModel(page, 'Scholar');
    await beginChat(page, 'Tell me', scene.server.url);
    await answerEnded(page);
    await page.reload();
    await answerShows(page, 'Scholar 1 is out of order; Scholar 2 answers in its place.');
    await answerShows(page, 'The picture was left out: this model reads no TIFF.');
    await lastAnswer(page)
      .getByRole('button', { name: /2\.2k tokens · \$0\.0063/i })
      .waitFor();
    expect(
      await lastAnswer(page)
        .getByRole('button', { name: /^Source \d/ })
        .count(),
    ).toBe(3);
  });

  it('that failed is taken over by another model', async () => {
    await pickModel(page, 'Away');
    await say(page, 'Anybody there?');
    await lastAnswer(page).getByText('The provider could not be reached', { exact: true }).waitFor();
    await lastAnswer(page).getByRole('button', { name: 'Another model' }).click();
    await modelPicker(page).search.fill('echo');
    await page.keyboard.press('Enter');
    await answerShows(page, 'Anybody there?');
  });

  it('is asked of the model last used there when the conversation is opened again', async () => {
    const address = page.url();
    await page.goto(scene.server.url);
    await pickModel(page, 'Painter');
    await page.goto(address);
    await page.getByRole('button', { name: 'Model: Echo' }).waitFor();
  });
});
