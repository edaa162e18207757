import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeProblems, overflowPixels } from './browser.ts';
import { eventually } from './eventually.ts';
import { accountForm, ADA, BEN, signIn } from './pages/account.ts';
import { answerEnded, beginChat } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(async () => {
  await scene.stop();
});

const register = (person: { readonly name: string; readonly email: string; readonly password: string }) =>
  fetch(`${scene.server.url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: scene.server.url },
    body: JSON.stringify(person),
  });

async function openData(page: Page): Promise<void> {
  await page.goto(`${scene.server.url}/settings/data`);
  await page.getByRole('button', { name: 'Export my data' }).waitFor();
}
async function openLeave(page: Page) {
  await openData(page);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' });
  await dialog.waitFor();
  return {
    dialog,
    password: dialog.getByLabel('Your password', { exact: true }),
    word: dialog.getByRole('textbox', { name: 'Type “delete” to confirm' }),
    confirm: dialog.getByRole('button', { name: 'Delete my account and all data' }),
  };
}

const LOOKS = [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true }],
  ['on the smallest screen', { viewport: { width: 320, height: 640 } }],
] as const;

describe('the page of one’s data', () => {
  it('saves an export, and says how large it is', async () => {
    const { page, problems } = await scene.member();
    await beginChat(page, 'A table', scene.server.url);
    await answerEnded(page);
    await openData(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export my data' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^parley-export-\d{4}-\d\d-\d\d\.zip$/);
    const file = await readFile(await download.path());
    expect(file.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(file.toString('latin1')).toContain('records/conversations/message.json');
    await page.getByText(/was saved \(\d+ kB\)/).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('lets an export be cancelled on a slow network', async () => {
    const { page, context } = await scene.member();
    await openData(page);
    await context.route('**/api/privacy/export', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await route.continue().catch(() => undefined);
    });
    await page.getByRole('button', { name: 'Export my data' }).click();
    await page.getByText('Exporting: collecting what there is').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The export was cancelled; nothing was saved').waitFor();
    await page.context().close();
  });

  it.each(LOOKS)('passes axe and fits, with its dialog, %s', async (_name, look) => {
    const { page } = await scene.member(look);
    await openData(page);
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBe(0);
    const { password, word, confirm } = await openLeave(page);
    await confirm.click();
    await page.getByText('Enter your password').waitFor();
    await password.fill('x');
    await word.fill('delete');
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBe(0);
    await page.context().close();
  });

  it('reads from right to left', async () => {
    const { page } = await scene.member({ viewport: { width: 390, height: 844 } });
    await openData(page);
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    expect(await overflowPixels(page)).toBe(0);
    await page.context().close();
  });
});

describe('leaving', () => {
  it('asks the only administrator twice', async () => {
    const { page } = await scene.member();
    const { dialog, password, word, confirm } = await openLeave(page);
    await password.fill(ADA.password);
    await word.fill('delete');
    await confirm.click();
    await dialog.getByText('Nobody else administers this server').waitFor();
    await dialog.getByRole('switch', { name: 'Leave this server without an administrator' }).waitFor();
    await page.context().close();
  });

  it('by keyboard alone ends at a farewell, and the account is gone', async () => {
    await register(BEN);
    const { page, problems } = await scene.visitor();
    await page.goto(`${scene.server.url}/login`);
    await signIn(page, BEN);
    await page.getByRole('button', { name: /^Account: / }).waitFor();
    const { dialog } = await openLeave(page);
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await dialog.getByLabel('Your password', { exact: true }).focus();
    await page.keyboard.type('wrong');
    await press('Tab', 'Tab');
    await page.keyboard.type('delete');
    await press('Enter');
    await dialog.getByText('The password is wrong').waitFor();
    await dialog.getByLabel('Your password', { exact: true }).focus();
    await press('Control+a');
    await page.keyboard.type(BEN.password);
    await press('Enter');
    await page.getByRole('heading', { name: 'Goodbye' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/farewell');
    expect(await axeProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'To the sign-in page' }).click();
    await signIn(page, BEN);
    await page.getByText('E-mail address or password is wrong').waitFor();
    expect(await accountForm(page).signIn.count()).toBe(1);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('the page of people', () => {
  it('lets an administrator delete somebody, and shows the receipt', async () => {
    const eve = { name: 'Eve Ewing', email: 'eve@example.org', password: 'seven kites over the pier' };
    await register(eve);
    const { page, problems } = await scene.member();
    await page.goto(`${scene.server.url}/settings/people`);
    await page.getByRole('button', { name: 'Delete Eve Ewing' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Delete Eve Ewing?' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(async () => expect(await page.getByText('eve@example.org').count()).toBe(0));
    await page.getByText('By an administrator').waitFor();
    await page.getByText('1 account (identity)').first().waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it.each(LOOKS)('passes axe and fits, %s', async (_name, look) => {
    const { page } = await scene.member(look);
    await page.goto(`${scene.server.url}/settings/people`);
    await page.getByRole('heading', { name: 'Receipts' }).waitFor();
    await page.getByText('ada@example.org').first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    expect(await overflowPixels(page)).toBe(0);
    await page.context().close();
  });

  it('is not offered to others', async () => {
    await register(BEN);
    const { page } = await scene.visitor();
    await page.goto(`${scene.server.url}/login`);
    await signIn(page, BEN);
    await page.getByRole('button', { name: /^Account: / }).waitFor();
    await page.goto(`${scene.server.url}/settings/data`);
    await page.getByRole('button', { name: 'Export my data' }).waitFor();
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
    await page.context().close();
  });
});
