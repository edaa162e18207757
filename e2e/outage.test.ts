import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeProblems, overflowPixels } from './browser.ts';
import { answerEnded, beginChat, chatPage, say } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

const BANNER = "The server can't save right now";
let scene: Scene;
let member: MemberWindow;
let holder: ChildProcess | undefined;

/** Another process keeps the database locked, as a backup tool gone wrong would. */
async function lock(): Promise<void> {
  const fixture = join(import.meta.dirname, '../chaos/fixtures/hold-lock.ts');
  const child = spawn(process.execPath, [fixture, join(scene.server.dataDir, 'parley.db')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  holder = child;
  await once(child.stdout, 'data');
}
async function unlock(): Promise<void> {
  if (holder === undefined || holder.exitCode !== null) return;
  const ended = once(holder, 'exit');
  holder.stdin?.end();
  await ended;
}
const banner = (page: Page) => page.getByRole('status').filter({ hasText: BANNER });

beforeAll(async () => {
  scene = await startScene({ plugins: ['{ use: storage-sqlite, config: { busyTimeoutMs: 300 } }'] });
  member = await scene.member();
});
afterAll(async () => {
  await unlock();
  await scene.stop();
});

describe('a server that can not save', () => {
  it('says so above the page, keeps what was written, and goes on to show what is there', async () => {
    const { page } = member;
    await beginChat(page, 'Show me a table', scene.server.url);
    await answerEnded(page);
    await lock();
    await say(page, 'This must not be lost');
    await banner(page).waitFor();
    await chatPage(page).thread.getByText('Your message was not sent').waitFor();
    await page.getByText('This must not be lost').first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBe(0);
  });

  it('takes the message on a second try once it can, and no longer says so', async () => {
    const { page } = member;
    await unlock();
    await banner(page).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Retry' }).last().click();
    await chatPage(page).thread.getByText('Your message was not sent').waitFor({ state: 'detached' });
    await chatPage(page).answers.nth(1).waitFor();
    await answerEnded(page);
    await page.reload();
    await chatPage(page).prompts.filter({ hasText: 'This must not be lost' }).waitFor();
    expect(await chatPage(page).prompts.count()).toBe(2);
    expect(member.problems.filter((problem) => !/50[37]/.test(problem))).toEqual([]);
  });
});
