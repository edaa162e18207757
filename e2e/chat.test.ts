import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { answerEnded, answerShows, beginChat, chatPage, lastAnswer, LONG_PROMPT, say } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let member: MemberWindow;
let page: Page;

beforeAll(async () => {
  scene = await startScene();
  member = await scene.member({ permissions: ['clipboard-read', 'clipboard-write'] });
  page = member.page;
});

afterAll(async () => {
  await scene.stop();
});

const begin = (text: string): Promise<string> => beginChat(page, text, scene.server.url);
const textOf = async (): Promise<string> => (await lastAnswer(page).textContent()) ?? '';

describe('an answer', () => {
  it('grows while it is written', async () => {
    await begin(LONG_PROMPT);
    await answerShows(page, 'Part 1');
    const early = await textOf();
    await eventually(async () => expect((await textOf()).length).toBeGreaterThan(early.length + 200));
    expect(await lastAnswer(page).getAttribute('aria-busy')).toBe('true');
    await chatPage(page).stop.click();
    await lastAnswer(page).getByText('You stopped this answer.').waitFor();
  });

  it('holds a table, code and math', async () => {
    await begin('What can you do?');
    await answerEnded(page);
    const answer = lastAnswer(page);
    expect(await answer.getByRole('table').getByRole('row').count()).toBe(5);
    expect(await answer.locator('math').count()).toBe(2);
    expect(await answer.getByRole('heading', { name: 'Welcome to Parley' }).count()).toBe(1);
  });

  it('has code that is coloured and can be copied', async () => {
    const code = lastAnswer(page).getByRole('figure');
    await eventually(async () => {
      const colours = await code
        .locator('code span')
        .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
      expect(new Set(colours).size).toBeGreaterThan(2);
    });
    await code.getByRole('button', { name: 'Copy' }).click();
    await code.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("id: 'brief',\n  version: '1.0.0',");
  });

  it('shows its reasoning to who asks for it, by keyboard', async () => {
    const summary = lastAnswer(page).getByRole('button', { name: /^Reasoned/ });
    const thought = lastAnswer(page).getByText('I am a scripted guide without a language model');
    await summary.focus();
    await page.keyboard.press('Enter');
    await thought.waitFor();
    expect(await summary.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Space');
    await eventually(async () => expect(await summary.getAttribute('aria-expanded')).toBe('false'));
  });
});

describe('stop and retry', () => {
  it('keeps what was written, and writes a sibling beside it', async () => {
    await begin(LONG_PROMPT);
    await answerShows(page, 'Part 2');
    await page.keyboard.press('Escape');
    await lastAnswer(page).getByText('You stopped this answer.').waitFor();
    const kept = await lastAnswer(page).getByRole('heading', { name: /^Part/ }).count();
    expect(kept).toBeGreaterThanOrEqual(2);
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    await answerShows(page, 'Part 1');
    await chatPage(page).stop.click();
    await lastAnswer(page).getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await page.getByRole('button', { name: 'Previous version' }).click();
    await lastAnswer(page).getByRole('group', { name: 'Version 1 of 2' }).waitFor();
    expect(await lastAnswer(page).getByRole('heading', { name: /^Part/ }).count()).toBe(kept);
    await page.reload();
    await lastAnswer(page).getByRole('group', { name: 'Version 1 of 2' }).waitFor();
  });

  it('branches at a prompt that is edited', async () => {
    await begin('A table, please');
    await answerShows(page, 'Mercury');
    await answerEnded(page);
    await chatPage(page).prompts.last().hover();
    await page.getByRole('button', { name: 'Edit the message' }).click();
    await page.getByRole('textbox', { name: 'Edit the message' }).fill('Some math, please');
    await page.getByRole('article').getByRole('button', { name: 'Send' }).click();
    await answerShows(page, 'complete the square');
    const prompt = chatPage(page).prompts.last();
    await prompt.getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await prompt.getByRole('button', { name: 'Previous version' }).click();
    await answerShows(page, 'Mercury');
  });
});

describe('the queue', () => {
  it('takes what is sent while an answer runs, and sends it after', async () => {
    await begin(LONG_PROMPT);
    await answerShows(page, 'Part 1');
    await say(page, 'A table');
    await say(page, 'Some math');
    const waiting = page.getByRole('region', { name: 'Waiting messages' }).getByRole('listitem');
    await eventually(async () => expect(await waiting.count()).toBe(2));
    await waiting.first().getByRole('button', { name: 'Remove' }).click();
    await answerShows(page, 'complete the square');
    await answerEnded(page);
    const prompts = await chatPage(page).prompts.locator('p').allTextContents();
    expect(prompts).toEqual([LONG_PROMPT, 'Some math']);
  });

  it('waits for a person after a stop', async () => {
    await say(page, LONG_PROMPT);
    await answerShows(page, 'Part 1');
    await say(page, 'A table');
    await chatPage(page).stop.click();
    await page.getByText('Paused, because you stopped the answer.').waitFor();
    await page.getByRole('button', { name: 'Send now' }).click();
    await answerShows(page, 'Mercury');
  });
});

describe('models', () => {
  it('answers with the one that is picked', async () => {
    await page.goto(`${scene.server.url}/`);
    const { model } = chatPage(page);
    await model.click();
    await page.getByRole('option', { name: /Echo/ }).click();
    await say(page, 'Heron, heron');
    await page.waitForURL('**/c/*');
    await answerEnded(page);
    await page.getByRole('heading', { name: 'Echo said' }).waitFor();
    await answerShows(page, 'Heron, heron');
  });

  it('caused no error in the console', () => expect(member.problems).toEqual([]));
});
