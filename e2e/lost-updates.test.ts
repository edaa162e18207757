import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';
import { answerEnded, beginChat } from './pages/chat.ts';
import { conversationList } from './pages/conversation-list.ts';
import { notesPanel } from './pages/notes-panel.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let one: MemberWindow;
let two: MemberWindow;

beforeAll(async () => {
  scene = await startScene();
  [one, two] = [await scene.member(), await scene.member()];
  await beginChat(one.page, 'A table', scene.server.url);
  await answerEnded(one.page);
  await two.page.goto(one.page.url());
  await answerEnded(two.page);
});
afterAll(async () => {
  await scene.stop();
});

const conversationId = () => new URL(one.page.url()).pathname.split('/').at(-1) ?? '';
async function titleOnServer(): Promise<string> {
  const reply = await one.api.request.get(`${scene.server.url}/api/convos/${conversationId()}`);
  return ((await reply.json()) as { readonly title: string }).title;
}

describe('two browsers that rename the same conversation', () => {
  it('lose nothing unseen: who comes second sees the other title, and may still have their own', async () => {
    const title = await titleOnServer();
    for (const { page } of [one, two]) await conversationList(page).act(title, 'Rename');
    const field = (window: MemberWindow) => window.page.getByRole('textbox', { name: 'Title of the conversation' });
    await field(one).fill('Of the first');
    await field(two).fill('Of the second');
    await field(one).press('Enter');
    await eventually(async () => expect(await titleOnServer()).toBe('Of the first'));
    await field(two).press('Enter');
    await two.page.getByText('It was renamed elsewhere and is now “Of the first”').waitFor();
    await two.page.getByText('You typed “Of the second”.').waitFor();
    await conversationList(two.page).row('Of the first').waitFor();
    expect(await titleOnServer()).toBe('Of the first');
    await two.page.getByRole('button', { name: 'Use mine' }).click();
    await eventually(async () => expect(await titleOnServer()).toBe('Of the second'));
    await conversationList(one.page).row('Of the second').waitFor();
  });

  it('race with exactly one winner, whom both show in the end', async () => {
    for (const { page } of [one, two]) await conversationList(page).act('Of the second', 'Rename');
    const fields = [one, two].map(({ page }) => page.getByRole('textbox', { name: 'Title of the conversation' }));
    await Promise.all(fields.map((field, index) => field.fill(`Raced by ${index}`)));
    await Promise.all(fields.map((field) => field.press('Enter')));
    await eventually(async () => expect(await titleOnServer()).toMatch(/^Raced by [01]$/));
    const won = await titleOnServer();
    const loser = won === 'Raced by 0' ? two : one;
    await loser.page.getByText(`It was renamed elsewhere and is now “${won}”`).waitFor();
    for (const { page } of [one, two]) await conversationList(page).row(won).waitFor();
  });
});

describe('two browsers that change the same note', () => {
  it('keep what was typed, beside what the other has saved', async () => {
    await notesPanel(one.page).button.click();
    await notesPanel(one.page).field.fill('As it was');
    await notesPanel(one.page).add.click();
    await notesPanel(one.page).notes.filter({ hasText: 'As it was' }).waitFor();
    await notesPanel(two.page).button.click();
    await notesPanel(two.page).notes.filter({ hasText: 'As it was' }).waitFor();
    const edit = async (window: MemberWindow, text: string) => {
      const { notes } = notesPanel(window.page);
      await notes.getByRole('button', { name: 'Edit note' }).first().click();
      await notes.getByRole('textbox', { name: 'Edit note' }).fill(text);
    };
    await edit(two, 'Of the second');
    await edit(one, 'Of the first');
    await notesPanel(one.page).notes.getByRole('button', { name: 'Save' }).click();
    await notesPanel(one.page).notes.filter({ hasText: 'Of the first' }).waitFor();
    const { notes } = notesPanel(two.page);
    await notes.getByRole('button', { name: 'Save' }).click();
    await notes.getByText(/This note was changed in another place/).waitFor();
    await notes.getByText('Of the first', { exact: true }).waitFor();
    expect(await notes.getByRole('textbox', { name: 'Edit note' }).inputValue()).toBe('Of the second');
    await notes.getByRole('button', { name: 'Save' }).click();
    await notes.filter({ hasText: 'Of the second' }).waitFor();
  });
});
