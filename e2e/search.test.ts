import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { axeProblems, overflowPixels } from './browser.ts';
import { eventually } from './eventually.ts';
import { answerEnded, beginChat, chatPage, LONG_PROMPT, say } from './pages/chat.ts';
import { searchPage, searchUntil } from './pages/search.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let member: MemberWindow;
let conversationId: string;

describe('search', () => {
  beforeAll(async () => {
    scene = await startScene();
    member = await scene.member();
    conversationId = await beginChat(member.page, 'Tell me of the quokka', scene.server.url);
    await answerEnded(member.page);
    await say(member.page, LONG_PROMPT);
    await answerEnded(member.page);
  }, 120_000);
  afterAll(() => scene.stop());

  it('finds while somebody types, marks what was found and says how much', async () => {
    const { page } = member;
    await searchUntil(page, scene.server.url, 'quokka', 1);
    const search = searchPage(page);
    await search.field.fill('');
    await search.field.pressSequentially('QUOK');
    await search.marks.first().waitFor();
    expect((await search.marks.allTextContents()).every((text) => /^quokka$/i.test(text))).toBe(true);
    expect(await search.status.textContent()).toMatch(/result/);
    await eventually(() => expect(new URL(page.url()).searchParams.get('q')).toBe('QUOK'));
    expect(await search.conversations.count()).toBeGreaterThan(0);
  });

  it('opens the conversation at the message, marked and with the focus', async () => {
    const { page } = member;
    await searchUntil(page, scene.server.url, 'quokka', 2);
    await page.locator('[data-hits] a[href*="?m="]').first().click();
    await page.waitForURL(/\/c\/.*m=/);
    expect(new URL(page.url()).pathname).toBe(`/c/${conversationId}`);
    const sought = page.locator('[data-sought]');
    await sought.waitFor();
    await eventually(async () =>
      expect(await sought.evaluate((element) => element === document.activeElement)).toBe(true),
    );
    expect(await sought.textContent()).toContain('quokka');
    await eventually(async () => {
      const box = await sought.boundingBox();
      expect(box !== null && box.y >= 0 && box.y < 600).toBe(true);
    });
  });

  it('is there for the keyboard: a shortcut, the arrow keys, J and K, Enter', async () => {
    const { page } = member;
    await page.goto(`${scene.server.url}/c/${conversationId}`);
    await chatPage(page).box.waitFor();
    await page.keyboard.press('Control+Shift+F');
    const search = searchPage(page);
    await search.field.waitFor();
    await eventually(async () =>
      expect(await search.field.evaluate((element) => element === document.activeElement)).toBe(true),
    );
    await page.keyboard.type('quokka');
    await search.hits.nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    const focused = () => search.hits.evaluateAll((rows) => rows.findIndex((row) => row === document.activeElement));
    expect(await focused()).toBe(0);
    await page.keyboard.press('j');
    expect(await focused()).toBe(1);
    await page.keyboard.press('k');
    expect(await focused()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/c\//);
  });

  it('narrows to who said it and to the conversation one comes from', async () => {
    const { page } = member;
    await searchUntil(page, scene.server.url, 'quokka', 2);
    const search = searchPage(page);
    await page.getByText('You', { exact: true }).first().click();
    await page.waitForURL(/role=user/);
    await search.status.filter({ hasText: '1 result' }).waitFor();
    const other = await beginChat(page, 'Nothing of that kind', scene.server.url);
    await page.goto(`${scene.server.url}/search?q=quokka&here=${other}&only=1`);
    await search.status.filter({ hasText: 'Nothing found' }).waitFor();
    await page.getByRole('button', { name: 'Search without filters' }).click();
    await search.hits.first().waitFor();
  });

  it('takes markup and signs of a query language for text', async () => {
    const { page } = member;
    for (const text of ['<img src=x onerror=alert(1)>', '" OR "', 'NEAR(a b)', '*', '-']) {
      await page.goto(`${scene.server.url}/search?q=${encodeURIComponent(text)}`);
      await searchPage(page).status.waitFor();
    }
  });

  it('says why when the search does not work, and tries again', async () => {
    const { page } = member;
    let isBroken = true;
    await page.route('**/api/search?*', async (route) => {
      if (!isBroken) return route.fallback();
      const problem = {
        code: 'SEARCH_UNAVAILABLE',
        status: 503,
        title: 'x',
        detail: 'Search can not be reached right now',
      };
      return route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    });
    await page.goto(`${scene.server.url}/search?q=quokka`);
    await searchPage(page).retry.waitFor({ timeout: 30_000 });
    isBroken = false;
    await searchPage(page).retry.click();
    await searchPage(page).hits.first().waitFor();
    await page.unroute('**/api/search?*');
  }, 60_000);

  it.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 320, height: 700 }, hasTouch: true }],
  ] as const)('passes axe and fits its window: %s', async (_name, look) => {
    const { page, context } = await scene.member(look);
    for (const query of ['', '?q=quokka', '?q=xyzzyx&role=user']) {
      await page.goto(`${scene.server.url}/search${query}`);
      await searchPage(page).field.waitFor();
      if (query !== '')
        await searchPage(page)
          .status.filter({ hasText: /result|Nothing/ })
          .waitFor();
      expect(await axeProblems(page)).toEqual([]);
      expect(await overflowPixels(page)).toBe(0);
    }
    await context.close();
  });
});
