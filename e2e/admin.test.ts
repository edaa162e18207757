import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BEN } from './pages/account.ts';
import { adminPages, confirmPlan } from './pages/admin-pages.ts';
import { answerEnded, beginChat, chatPage } from './pages/chat.ts';
import { notesPanel } from './pages/notes-panel.ts';
import { memberWindow, startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

const DRAFT = 'a thought that is not sent yet';

describe('the administration', () => {
  let scene: Scene;
  /** Where things are changed. */
  let admin: MemberWindow;
  /** A tab in which somebody works meanwhile. */
  let work: MemberWindow;

  beforeAll(async () => {
    scene = await startScene();
    [admin, work] = await Promise.all([scene.member(), scene.member()]);
    await beginChat(work.page, 'A table', scene.server.url);
    await answerEnded(work.page);
    await notesPanel(work.page).button.click();
    await notesPanel(work.page).field.waitFor();
    await chatPage(work.page).box.fill(DRAFT);
  });

  afterAll(async () => {
    await scene.stop();
  });

  it('is reached from the account menu', async () => {
    const { page } = admin;
    await page.goto(scene.server.url);
    await page.getByRole('button', { name: /^Account: / }).click();
    await page.getByRole('menuitem', { name: 'Administration' }).click();
    await adminPages(page).plugin('notes').waitFor();
  });

  it('turns a plugin off after its plan was confirmed; its panel leaves other tabs, and the draft in them stays', async () => {
    const { page } = admin;
    await adminPages(page).turnOff('notes').click();
    await adminPages(page).dialog.getByText('notes stops.').waitFor();
    expect(await notesPanel(work.page).panel.count()).toBe(1);
    await confirmPlan(page, 'Turn off');
    await notesPanel(work.page).panel.waitFor({ state: 'detached' });
    await notesPanel(work.page).button.waitFor({ state: 'detached' });
    expect(await chatPage(work.page).box.inputValue()).toBe(DRAFT);
    expect((await work.context.request.get(`${scene.server.url}/api/x/notes/notes`)).status()).toBe(404);
  });

  it('turns it on again, and it is back in other tabs without a reload', async () => {
    const { page } = admin;
    await adminPages(page).turnOn('notes').click();
    await confirmPlan(page, 'Turn on');
    await notesPanel(work.page).button.waitFor();
    expect(await chatPage(work.page).box.inputValue()).toBe(DRAFT);
  });

  it('changes a setting, and the next request obeys it', async () => {
    const { page } = admin;
    await adminPages(page).plugin('notes').click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    const field = page.getByRole('textbox', { name: 'Max notes per conversation' });
    await field.fill('0');
    await page.getByRole('button', { name: 'Review change' }).click();
    await page.getByText('Enter 1 or more').waitFor();
    await field.fill('1');
    await page.getByRole('button', { name: 'Review change' }).click();
    await adminPages(page).dialog.getByText('notes is replaced without a pause').first().waitFor();
    await confirmPlan(page, 'Apply');
    const conversationId = new URL(work.page.url()).pathname.split('/').at(-1);
    const write = () =>
      work.context.request.post(`${scene.server.url}/api/x/notes/notes`, { data: { conversationId, text: 'one' } });
    expect((await write()).status()).toBe(201);
    expect((await write()).status()).toBe(422);
  });

  it('goes back to an earlier version by its history', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('configure notes: maxNotesPerConversation').waitFor();
    await page
      .getByRole('button', { name: /^Go back to version/ })
      .first()
      .click();
    await confirmPlan(page, 'Go back');
    await page.goto(`${scene.server.url}/admin/plugins/notes?part=settings`);
    const field = page.getByRole('textbox', { name: 'Max notes per conversation' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
  });

  it('takes a change back at once', async () => {
    const { page } = admin;
    await page.goto(`${scene.server.url}/admin/plugins`);
    await adminPages(page).turnOff('notes').click();
    const { dialog } = adminPages(page);
    await dialog.getByRole('button', { name: 'Turn off', exact: true }).click();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText('Taken back').waitFor();
    await dialog.getByRole('button', { name: 'Done', exact: true }).click();
    await adminPages(page).turnOff('notes').waitFor();
  });

  it('shows what runs inside, and says the wiring of a chosen plugin', async () => {
    const { page } = admin;
    await page.goto(`${scene.server.url}/admin/inspector`);
    await page.getByRole('button', { name: 'conversations', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Wiring of conversations').waitFor();
    await page.getByRole('button', { name: /^chat/ }).filter({ hasText: 'needs it' }).waitFor();
    await page
      .getByRole('table', { name: 'Capabilities' })
      .getByRole('row', { name: /storage-driver/ })
      .waitFor();
  });

  it('is neither shown nor served to who may not', async () => {
    const { url } = scene.server;
    const reply = await fetch(`${url}/api/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(BEN),
    });
    expect(reply.status).toBe(201);
    const ben = await memberWindow(scene.browser, url, {}, BEN);
    await ben.page.goto(url);
    await ben.page.getByRole('button', { name: /^Account: / }).click();
    await ben.page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    expect(await ben.page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
    await ben.page.goto(`${url}/admin/plugins`);
    await ben.page.getByText('403').waitFor();
    const paths = ['graph', 'plugins', 'history', 'audit'];
    const statuses = await Promise.all(
      paths.map(async (path) => (await ben.context.request.get(`${url}/api/kernel/${path}`)).status()),
    );
    expect(statuses).toEqual([403, 403, 403, 403]);
    const data = { changes: [{ do: 'disable', id: 'notes' }] };
    expect((await ben.context.request.post(`${url}/api/kernel/apply`, { data })).status()).toBe(403);
    expect(ben.problems).toEqual([]);
  });

  it('left no error in any window', () => {
    expect([...admin.problems, ...work.problems]).toEqual([]);
  });
});
