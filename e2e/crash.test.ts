import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { axeProblems, startBrowser } from './browser.ts';
import { eventually } from './eventually.ts';
import { textOf } from './pages/api.ts';
import { ADA } from './pages/account.ts';
import { answerEnded, answerShows, beginChat, blocksOf, chatPage, lastAnswer, LONG_PROMPT } from './pages/chat.ts';
import { removeData, startParley } from './parley-process.ts';
import type { ParleyProcess } from './parley-process.ts';
import { demoConfig, memberWindow, register } from './scene.ts';
import type { MemberWindow } from './scene.ts';

const INTERRUPTED_WITHIN_MS = 3_000;
let browser: Browser;
let server: ParleyProcess;
let member: MemberWindow;
let conversationId = '';

const restart = async (): Promise<void> => {
  const { dataDir, url } = server;
  server = await startParley({ dataDir, port: Number(new URL(url).port), config: demoConfig({ pieceDelayMs: 3 }) });
};

/** What the page shows of the answer itself, without words about it. */
const written = async (page: Page): Promise<readonly string[]> =>
  (await blocksOf(lastAnswer(page))).filter((block) => /^(This is )?part \d/i.test(block));

beforeAll(async () => {
  [server, browser] = await Promise.all([startParley({ config: demoConfig({ pieceDelayMs: 3 }) }), startBrowser()]);
  await register(server, ADA);
  member = await memberWindow(browser, server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  removeData(server);
});

describe('a server that is killed in the middle of an answer', () => {
  let before: readonly string[] = [];

  it('marks the answer interrupted within 3 s of being back', async () => {
    const { page, api } = member;
    conversationId = await beginChat(page, LONG_PROMPT, server.url);
    await answerShows(page, 'Part 4');
    await server.kill();
    before = await written(page);
    await restart();
    await eventually(
      async () => expect((await api.lastAnswer(conversationId)).state).toBe('interrupted'),
      INTERRUPTED_WITHIN_MS,
    );
  });

  it('still holds everything that was shown before', async () => {
    const { page, api } = member;
    await lastAnswer(page).getByText('The server stopped while it answered').first().waitFor({ timeout: 15_000 });
    const after = await written(page);
    const whole = before.slice(0, -1);
    expect(whole.length).toBeGreaterThan(6);
    expect(after.slice(0, whole.length)).toEqual(whole);
    const begun = before.at(-1) ?? '';
    expect(after[whole.length]?.slice(0, begun.length)).toBe(begun);
    const { parts } = await api.lastAnswer(conversationId);
    expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text']);
  });

  it('shows the same after a reload', async () => {
    const { page, api } = member;
    await page.reload();
    await lastAnswer(page).getByText('The server stopped while it answered').first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    const stored = textOf(await api.lastAnswer(conversationId));
    expect(stored).toContain(before[before.length - 2]);
    expect(await lastAnswer(page).getByRole('heading', { name: /^Part/ }).count()).toBe(
      stored.match(/^### Part/gm)?.length,
    );
  });

  it('writes a sibling when asked again', async () => {
    const { page } = member;
    await lastAnswer(page).getByRole('button', { name: 'Retry' }).click();
    await answerShows(page, 'Part 1');
    await lastAnswer(page).getByText('Part 40', { exact: true }).waitFor({ timeout: 40_000 });
    await answerEnded(page);
    await lastAnswer(page).getByRole('group', { name: 'Version 2 of 2' }).waitFor();
    await lastAnswer(page).getByRole('button', { name: 'Previous version' }).click();
    await lastAnswer(page).getByText('The server stopped while it answered').first().waitFor();
  });
});

describe('a server that is stopped', () => {
  it('ends with exit code 0', async () => {
    expect(await server.stop()).toBe(0);
  });

  it('keeps accounts, sessions and conversations', async () => {
    await restart();
    const { page, api } = member;
    await page.goto(`${server.url}/c/${conversationId}`);
    await chatPage(page).answers.first().waitFor();
    expect(await api.messages(conversationId)).toHaveLength(3);
    const again = await memberWindow(browser, server.url);
    await again.page.goto(`${server.url}/`);
    await again.page.getByRole('heading', { name: 'What are we working on, Ada?' }).waitFor();
    expect(server.setupUrl).toBeUndefined();
  });

  it('caused no error in the console', () => expect(member.problems).toEqual([]));
});
