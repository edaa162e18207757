import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { answerEnded, beginChat, chatPage } from './pages/chat.ts';
import { conversationList } from './pages/conversation-list.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let member: MemberWindow;
let page: Page;

beforeAll(async () => {
  scene = await startScene();
  member = await scene.member();
  page = member.page;
});

afterAll(async () => {
  await scene.stop();
});

const begin = async (text: string): Promise<string> => {
  const id = await beginChat(page, text, scene.server.url);
  await answerEnded(page);
  return id;
};

/** The conversation as the server knows it. */
const stored = async (id: string): Promise<Record<string, unknown>> =>
  (await (await member.api.request.get(`${scene.server.url}/api/convos/${id}`)).json()) as Record<string, unknown>;

describe('the conversation list', () => {
  it('shows a new conversation under its first words', async () => {
    await begin('A table about planets');
    await conversationList(page).section('Today').getByRole('link', { name: 'A table about planets' }).waitFor();
    expect(await chatPage(page).title.textContent()).toBe('A table about planets');
    await eventually(async () => expect(await page.title()).toContain('A table about planets'));
  });

  it('renames a conversation', async () => {
    const list = conversationList(page);
    await list.act('A table about planets', 'Rename');
    const field = page.getByRole('textbox', { name: 'Title of the conversation' });
    await field.fill('Planets');
    await field.press('Enter');
    await list.row('Planets').waitFor();
    await eventually(async () => expect(await chatPage(page).title.textContent()).toBe('Planets'));
  });

  it('pins a conversation above the others, and takes it back', async () => {
    await begin('Some math');
    const list = conversationList(page);
    await list.act('Planets', 'Pin');
    await list.section('Pinned').getByRole('link', { name: 'Planets' }).waitFor();
    expect(await list.section('Today').getByRole('link', { name: 'Planets' }).count()).toBe(0);
    await page.reload();
    await list.section('Pinned').getByRole('link', { name: 'Planets' }).waitFor();
    await list.act('Planets', 'Unpin');
    await list.section('Today').getByRole('link', { name: 'Planets' }).waitFor();
  });

  it('archives a conversation and restores it', async () => {
    const list = conversationList(page);
    await list.act('Planets', 'Archive');
    await eventually(async () => expect(await list.row('Planets').count()).toBe(0));
    await list.list.getByRole('link', { name: 'All conversations' }).click();
    await page.getByRole('link', { name: 'Archived' }).click();
    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'Planets' }).hover();
    await main.getByRole('button', { name: 'Actions for Planets' }).click();
    await page.getByRole('menuitem', { name: 'Restore' }).click();
    await list.row('Planets').waitFor();
  });

  it('brings a deleted conversation back when asked in time', async () => {
    const id = await begin('Some code');
    const list = conversationList(page);
    await list.act('Some code', 'Delete');
    await eventually(async () => expect(await list.row('Some code').count()).toBe(0));
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.row('Some code').waitFor();
    expect(await stored(id)).toMatchObject({ title: 'Some code' });
  });

  it('deletes a conversation for good when nobody objects', async () => {
    const list = conversationList(page);
    const id = await begin('Math again');
    await list.row('Math again').getByRole('link').focus();
    await page.keyboard.press('Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click();
    await eventually(async () => expect(await stored(id)).toMatchObject({ status: 404 }), 15_000);
    expect(await list.row('Math again').count()).toBe(0);
  });

  it('caused no error in the console', () => expect(member.problems).toEqual([]));
});
