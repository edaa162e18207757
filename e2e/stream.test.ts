import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startFaultProxy } from '@parley/testing';
import type { FaultProxy } from '@parley/testing';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { foldText, textOf } from './pages/api.ts';
import {
  answerEnded,
  answerShows,
  beginChat,
  blocksIn,
  blocksOf,
  chatPage,
  lastAnswer,
  LONG_PROMPT,
  PARTS,
  say,
} from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

const CUT_MS = 5_000;
let scene: Scene;
let member: MemberWindow;

beforeAll(async () => {
  // A long answer takes some 10 s.
  scene = await startScene({ pieceDelayMs: 3 });
  member = await scene.member();
});

afterAll(async () => {
  await scene.stop();
});

/** The page, the stored message and the log say the same, part by part. */
async function expectWhole(page: Page, conversationId: string) {
  const { api } = member;
  const message = await eventually(async () => {
    const answer = await api.lastAnswer(conversationId);
    expect(answer.state).toBe('complete');
    return answer;
  });
  const text = textOf(message);
  expect(foldText(await api.events(message.runId ?? ''))).toBe(text);
  const shown = await blocksOf(lastAnswer(page));
  expect(shown).toEqual(blocksIn(text));
  expect(shown.filter((block) => block.startsWith('Part '))).toEqual(PARTS);
}

describe('a reload in the middle of an answer', () => {
  it('loses nothing and doubles nothing', async () => {
    const { page } = member;
    const id = await beginChat(page, LONG_PROMPT, scene.server.url);
    await answerShows(page, 'Part 3');
    await page.reload();
    await answerShows(page, 'Part 3');
    expect(await lastAnswer(page).getAttribute('aria-busy')).toBe('true');
    await page.reload();
    await answerEnded(page);
    await expectWhole(page, id);
  });
});

describe('two tabs', () => {
  it('show the same run to its end when the second comes in the middle', async () => {
    const { page } = member;
    const id = await beginChat(page, LONG_PROMPT, scene.server.url);
    await answerShows(page, 'Part 2');
    const second = await member.context.newPage();
    await second.goto(page.url());
    await answerShows(second, 'Part 2');
    await chatPage(second).stop.waitFor();
    await Promise.all([answerEnded(page), answerEnded(second)]);
    await expectWhole(page, id);
    await expectWhole(second, id);
    await second.close();
  });

  it('send at once, and both messages are kept', async () => {
    const { page } = member;
    const id = await beginChat(page, 'A table', scene.server.url);
    await answerEnded(page);
    const second = await member.context.newPage();
    await second.goto(page.url());
    await answerEnded(second);
    await Promise.all([say(page, 'Some code'), say(second, 'Some math')]);
    await eventually(async () => {
      const messages = await member.api.messages(id);
      expect(
        messages
          .filter(({ role }) => role === 'user')
          .map(textOf)
          .toSorted(),
      ).toEqual(['A table', 'Some code', 'Some math']);
      expect(messages.filter(({ state }) => state === 'complete')).toHaveLength(6);
    }, 30_000);
    await Promise.all([answerEnded(page), answerEnded(second)]);
    await second.close();
  });
});

describe('a bad network', () => {
  let proxy: FaultProxy;
  let far: MemberWindow;

  beforeEach(async () => {
    proxy = await startFaultProxy(scene.server.url);
    far = await scene.member({}, proxy.url);
  });

  afterEach(async () => {
    await far.context.close();
    await proxy.stop();
  });

  it('cut for 5 s resumes where it was', async () => {
    const id = await beginChat(far.page, LONG_PROMPT, proxy.url);
    await answerShows(far.page, 'Part 2');
    proxy.set({ refuse: true });
    proxy.cut();
    await far.page.getByText('You are offline.').waitFor();
    const during = await lastAnswer(far.page).textContent();
    await pause(CUT_MS);
    expect(await lastAnswer(far.page).textContent()).toContain(during?.slice(0, 2_000) ?? '');
    proxy.set({});
    await answerEnded(far.page);
    await expectWhole(far.page, id);
    await eventually(async () => expect(await far.page.getByText('You are offline.').count()).toBe(0));
    expect(far.problems).toEqual([]);
  });

  it('that is slow and breaks off again and again still brings the whole answer', async () => {
    const id = await beginChat(far.page, LONG_PROMPT, proxy.url);
    await answerShows(far.page, 'Part 1');
    proxy.set({ latencyMs: 150, cutAfterMs: 1_500 });
    proxy.cut();
    await eventually(async () => expect((await member.api.lastAnswer(id)).state).toBe('complete'), 30_000);
    proxy.set({ latencyMs: 50 });
    await answerEnded(far.page);
    await expectWhole(far.page, id);
  });
});
