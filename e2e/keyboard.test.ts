import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openWindow, startBrowser } from './browser.ts';
import type { Window } from './browser.ts';
import { eventually } from './eventually.ts';
import { ADA, accountForm } from './pages/account.ts';
import { answerShows, chatPage, lastAnswer, LONG_PROMPT } from './pages/chat.ts';
import { removeData, startParley } from './parley-process.ts';
import type { ParleyProcess } from './parley-process.ts';
import { demoConfig } from './scene.ts';

const MOST_TABS = 40;
let server: ParleyProcess;
let browser: Browser;
let window: Window;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startParley({ config: demoConfig({ pieceDelayMs: 4 }) }), startBrowser()]);
  window = await openWindow(browser, server.url);
  page = window.page;
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  removeData(server);
});

/** What has the focus: its role or tag, and what it is called. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const name = element?.getAttribute('aria-label') ?? (element?.textContent || element?.getAttribute('name'));
    return `${element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? ''} ${name ?? ''}`.trim();
  });

/** Presses a key until something with that name has the focus. */
async function moveTo(name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < MOST_TABS; count += 1) {
    const here = await focused();
    if (name.test(here)) return;
    passed.push(here);
    await page.keyboard.press(key);
  }
  throw new Error(`${name} was not reached with ${key}; passed: ${passed.join(' | ')}`);
}

describe('without a mouse', () => {
  it('somebody signs up', async () => {
    await page.goto(server.setupUrl ?? server.url);
    await accountForm(page).signUp.waitFor();
    for (const text of [ADA.name, ADA.email, ADA.password]) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Welcome, ${ADA.name}` }).waitFor();
  });

  it('reaches the message box, and sends', async () => {
    await moveTo(/^a Start a chat/);
    await page.keyboard.press('Enter');
    await chatPage(page).box.waitFor();
    await eventually(async () => expect(await focused()).toBe('textarea Message'));
    await page.keyboard.type(LONG_PROMPT);
    await page.keyboard.press('Enter');
    await answerShows(page, 'Part 1');
  });

  it('opens the reasoning while the answer is being written', async () => {
    await moveTo(/^button (Thinking|Reasoned)/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await lastAnswer(page).getByText('Long, they said.').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
  });

  it('stops the answer', async () => {
    await moveTo(/^button Stop/);
    await page.keyboard.press('Enter');
    await lastAnswer(page).getByText('You stopped this answer.').waitFor();
    await eventually(async () => expect(await focused()).toBe('textarea Message'));
  });

  it('goes from message to message with J and K', async () => {
    await moveTo(/^log Conversation/, 'Shift+Tab');
    await page.keyboard.press('k');
    await eventually(async () => expect(await focused()).toMatch(/^article Guide said/));
    await page.keyboard.press('k');
    await eventually(async () => expect(await focused()).toMatch(/^article You said/));
    await page.keyboard.press('j');
    await eventually(async () => expect(await focused()).toMatch(/^article Guide said/));
  });

  it('changes the theme in the settings', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    await page.keyboard.press('F6');
    await moveTo(/^input /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await eventually(async () =>
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark'),
    );
  });

  it('signs out', async () => {
    await moveTo(/^button Account: /, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await moveTo(/^menuitem Sign out/, 'ArrowDown');
    await page.keyboard.press('Enter');
    await accountForm(page).signIn.waitFor();
    expect(window.problems).toEqual([]);
  });
});
