import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { answerEnded, answerShows, beginChat, chatPage } from './pages/chat.ts';
import { notesPanel } from './pages/notes-panel.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let member: MemberWindow;

afterAll(async () => {
  await scene.stop();
});

/** The paths of everything a page asks for from now on. */
function watchPaths(page: Page): readonly string[] {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

const isNotes = (path: string): boolean => /notes/.test(path);

describe('the notes panel', () => {
  beforeAll(async () => {
    scene = await startScene();
    member = await scene.member();
  });

  it('brings its code when it is opened, and not before', async () => {
    const { page } = member;
    const paths = watchPaths(page);
    await beginChat(page, 'A table', scene.server.url);
    await answerEnded(page);
    expect(paths.filter(isNotes)).toEqual([]);
    await notesPanel(page).button.click();
    await notesPanel(page).field.waitFor();
    expect(paths.some((path) => /^\/ui\/[^/]+\/.*remote/i.test(path))).toBe(true);
  });

  it('takes a note, and changes it', async () => {
    const { page } = member;
    const { field, add, notes } = notesPanel(page);
    await field.fill('Mars has two moons');
    await add.click();
    await notes.filter({ hasText: 'Mars has two moons' }).waitFor();
    expect(await field.inputValue()).toBe('');
    await notes.getByRole('button', { name: 'Edit note' }).click();
    await notes.getByRole('textbox', { name: 'Edit note' }).fill('Earth has one moon');
    await notes.getByRole('button', { name: 'Save' }).click();
    await notes.filter({ hasText: 'Earth has one moon' }).waitFor();
  });

  it('brings a deleted note back when asked', async () => {
    const { page } = member;
    const { notes } = notesPanel(page);
    await notes.getByRole('button', { name: 'Delete note' }).click();
    await eventually(async () => expect(await notes.count()).toBe(0));
    await page.getByRole('button', { name: 'Undo' }).click();
    await notes.filter({ hasText: 'Earth has one moon' }).waitFor();
  });

  it('keeps a draft when it is closed, and when the page is loaded again', async () => {
    const { page } = member;
    const { button, close, field, panel } = notesPanel(page);
    await field.fill('half a thought');
    await close.click();
    await eventually(async () => expect(await panel.count()).toBe(0));
    await button.click();
    expect(await field.inputValue()).toBe('half a thought');
    await page.reload();
    await field.waitFor();
    expect(await field.inputValue()).toBe('half a thought');
  });

  it('caused no error in the console', async () => {
    expect([...member.problems, ...member.foreignRequests]).toEqual([]);
    await scene.stop();
  });
});

describe('a server without the notes plugin', () => {
  beforeAll(async () => {
    scene = await startScene({ plugins: ['{ use: notes, enabled: false }'] });
    member = await scene.member();
  });

  it('answers as ever, without the panel', async () => {
    const { page } = member;
    await beginChat(page, 'A table', scene.server.url);
    await answerShows(page, 'Mercury');
    await answerEnded(page);
    expect(await notesPanel(page).button.count()).toBe(0);
    await page.goto(`${page.url()}?panel=notes`);
    await chatPage(page).answers.last().waitFor();
    expect(await notesPanel(page).panel.count()).toBe(0);
    expect(member.problems).toEqual([]);
  });

  it('has none of its routes', async () => {
    const { request } = member.api;
    const openApi = (await (await request.get(`${scene.server.url}/api/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, unknown>>;
    };
    const paths = Object.keys(openApi.paths);
    expect(paths).toContain('/api/agents/chat');
    expect(paths.filter(isNotes)).toEqual([]);
    expect((await request.get(`${scene.server.url}/api/x/notes/notes`)).status()).toBe(404);
  });
});
