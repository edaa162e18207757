import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeProblems, overflowPixels } from './browser.ts';
import { MODEL_ANSWER, startModelServer } from './fixtures/model-server.ts';
import type { ModelServer } from './fixtures/model-server.ts';
import { BEN, signIn } from './pages/account.ts';
import { answerEnded, answerShows, beginChat, chatPage } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let model: ModelServer;
let scene: Scene;
beforeAll(async () => {
  model = await startModelServer();
  scene = await startScene({ plugins: [`{ use: provider-anthropic, config: { baseUrl: '${model.url}' } }`] });
  await fetch(`${scene.server.url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: scene.server.url },
    body: JSON.stringify(BEN),
  });
});
afterAll(async () => {
  await scene.stop();
  await model.stop();
});

const LOOKS = {
  light: { colorScheme: 'light' },
  'dark, on a phone': { colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
  'on the smallest screen': { viewport: { width: 320, height: 640 } },
  'from right to left': { viewport: { width: 700, height: 800 } },
} as const;

const open = async (page: Page, path: string): Promise<void> => void (await page.goto(scene.server.url + path));
const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const keyField = (page: Page) => page.getByLabel('API key', { exact: true });

/** Finds what is wrong with the page as it is now; colours and names are the same at any width and direction. */
async function wrongWith(page: Page, state: string, look: string): Promise<readonly string[]> {
  if (look === 'from right to left') await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const problems = look === 'light' || look === 'dark, on a phone' ? await axeProblems(page) : [];
  const overflow = await overflowPixels(page);
  return [...problems, ...(overflow > 0 ? [`${overflow} px too wide`] : [])].map((problem) => `${state}: ${problem}`);
}

describe('from no key to a real answer', () => {
  it('the demo answers, a key is given in the browser, and its models are there at once, in another tab too', async () => {
    const { page, context, problems } = await scene.visitor();
    await open(page, '/login');
    await signIn(page, BEN);
    await chatPage(page).box.waitFor();
    await beginChat(page, 'A table', scene.server.url);
    await answerEnded(page);
    const other = await context.newPage();
    await other.goto(`${scene.server.url}/`);
    await chatPage(other).model.waitFor();

    await open(page, '/');
    await page.getByRole('link', { name: /key of your own/ }).click();
    await page.getByRole('button', { name: 'Add key: Anthropic' }).click();
    await keyField(page).fill('sk-ant-wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Anthropic refused this key, so it was not saved.').waitFor();
    await keyField(page).fill(model.key);
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByText('2 models are ready.').first().waitFor();
    await card(page, 'Anthropic').getByText('…good').waitFor();

    await chatPage(other).model.click();
    await other.getByRole('option', { name: /Heron large/ }).waitFor();

    await page.getByRole('link', { name: 'Start a chat' }).click();
    await chatPage(page).model.click();
    await page.getByRole('option', { name: /Heron large/ }).click();
    await chatPage(page).box.fill('Who are you?');
    await chatPage(page).box.press('Enter');
    await answerShows(page, MODEL_ANSWER);
    expect(await page.content()).not.toContain(model.key);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('my keys', () => {
  it('says what went wrong where the list does not come, and tries again', async () => {
    const { page, context } = await scene.member();
    let isBroken = true;
    await page.route('**/api/keys', (route) =>
      isBroken ? route.fulfill({ status: 403, json: { detail: 'Not now', status: 403, code: 'X' } }) : route.continue(),
    );
    await open(page, '/settings/keys');
    await page.getByText('Not now').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('button', { name: 'Add key: Anthropic' }).waitFor();
    await context.close();
  });

  it('adds, checks and removes a key without a mouse', async () => {
    const { page, context } = await scene.member();
    await open(page, '/settings/keys');
    await page.getByRole('button', { name: 'Add key: Anthropic' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(model.key);
    await page.keyboard.press('Enter');
    const focused = (name: string) =>
      page.waitForFunction((text) => document.activeElement?.textContent?.includes(text), name);
    await focused('Check again');
    model.behave('refusing');
    await page.keyboard.press('Enter');
    await page.getByText('Anthropic refuses this key now').waitFor();
    model.behave('broken');
    await page.keyboard.press('Enter');
    await page.getByText('It is saved and will be used.').waitFor();
    model.behave('well');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await focused('Add key');
    await context.close();
  });

  it.each(Object.entries(LOOKS))('passes axe and fits in every state, %s', async (name, look) => {
    const { page, context } = await scene.member(look);
    const found: string[] = [];
    const reached = async (state: string) => void found.push(...(await wrongWith(page, state, name)));
    await open(page, '/settings/keys');
    await page.getByRole('button', { name: 'Add key: Anthropic' }).click();
    await reached('form');
    await keyField(page).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('Anthropic refused this key').waitFor();
    await reached('refused');
    await keyField(page).fill(model.key);
    await page.keyboard.press('Enter');
    await page.getByText('2 models are ready.').first().waitFor();
    await reached('saved');
    model.behave('refusing');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Anthropic refuses this key now').waitFor();
    await reached('no longer good');
    model.behave('well');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').waitFor();
    await reached('question');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The key is removed.').first().waitFor();
    expect(found).toEqual([]);
    await context.close();
  });
});

describe('providers and models', () => {
  it('is not there for others', async () => {
    const { page, context } = await scene.visitor();
    await open(page, '/login');
    await signIn(page, BEN);
    await chatPage(page).box.waitFor();
    await open(page, '/admin/models');
    await page.getByRole('main').getByRole('heading').first().waitFor();
    expect(await page.getByRole('heading', { name: 'Providers and models' }).count()).toBe(0);
    const reply = await context.request.get(`${scene.server.url}/api/models-admin`);
    expect(reply.status()).toBe(403);
    await context.close();
  });

  it('adds a provider, tests it, and takes it out', async () => {
    const { page, context, problems } = await scene.member();
    await open(page, '/admin/models');
    await page.getByRole('button', { name: 'Add provider' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Anthropic', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.getByText('Give it a name').waitFor();
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme Lab');
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(model.url);
    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.getByText('acme-lab starts.').waitFor();
    await dialog.getByRole('button', { name: 'Add provider' }).click();
    await dialog.getByText(/^Done in/).waitFor();
    await dialog.getByRole('button', { name: 'Done', exact: true }).click();
    const acme = card(page, 'Acme Lab');
    await acme.getByRole('button', { name: 'Set shared key: Acme Lab' }).click();
    await keyField(page).fill(model.key);
    await page.keyboard.press('Enter');
    await acme.getByText('Ready', { exact: true }).waitFor();
    await acme.getByRole('button', { name: 'Test Acme Lab' }).click();
    await acme.getByText(/^Answered in \d+ ms with 2 models\.$/).waitFor();
    await acme.getByRole('button', { name: 'Remove Acme Lab' }).click();
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByText(/^Done in/).waitFor();
    await dialog.getByRole('button', { name: 'Done', exact: true }).click();
    await acme.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await context.close();
  });

  it('hides models from people, many at once, and shows what somebody else has changed meanwhile', async () => {
    const { page, context } = await scene.member();
    await open(page, '/admin/models?part=models');
    const listed = async (): Promise<readonly string[]> => {
      const reply = await context.request.get(`${scene.server.url}/api/models`);
      const { items } = (await reply.json()) as { readonly items: readonly { readonly id: string }[] };
      return items.map(({ id }) => id);
    };
    await page.getByRole('searchbox', { name: 'Search models' }).fill('echo');
    await page.getByText('1 of 2 models').waitFor();
    await page.getByRole('checkbox', { name: 'Select all that are found' }).check();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText('1 of 2 models').waitFor();
    expect(await listed()).toEqual(['demo/guide']);
    await page.getByRole('switch', { name: 'Show Echo to people' }).press('Space');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[role=switch]')?.checked);
    await page.getByRole('button', { name: 'Edit Echo' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('My echo');
    await context.request.put(`${scene.server.url}/api/models-admin/rule`, {
      headers: { origin: scene.server.url },
      data: { model: 'demo/echo', rule: { name: 'Their echo' } },
    });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Somebody else has changed this model meanwhile.').waitFor();
    await dialog.locator('pre').getByText('Their echo').waitFor();
    await dialog.getByRole('button', { name: 'Mine shall take its place' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('rowheader', { name: /My echo/ }).waitFor();
    expect(await listed()).toContain('demo/echo');
    await context.close();
  });

  it('gives models a name, in an order that the keyboard changes', async () => {
    const { page, context, problems } = await scene.member();
    await open(page, '/admin/models?part=routes');
    await page.getByRole('button', { name: 'Add name' }).click();
    const dialog = page.getByRole('dialog', { name: 'A name for models' });
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Fast');
    for (const name of ['Guide', 'Echo']) {
      await dialog.getByRole('button', { name: /^Add a model/ }).click();
      await page.getByRole('option', { name: new RegExp(name, 'i') }).click();
    }
    await dialog.getByRole('button', { name: /^Move .*echo up$/i }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /echo/i.test(document.activeElement?.getAttribute('aria-label') ?? ''));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const reply = await context.request.get(`${scene.server.url}/api/model-routes`);
    expect(await reply.json()).toMatchObject({ items: [{ id: 'fast', models: ['demo/echo', 'demo/guide'] }] });
    expect(problems).toEqual([]);
    await context.close();
  });

  it.each(Object.entries(LOOKS))('passes axe and fits in every state, %s', async (name, look) => {
    const { page, context } = await scene.member(look);
    const found: string[] = [];
    const reached = async (state: string) => void found.push(...(await wrongWith(page, state, name)));
    const dialog = page.getByRole('dialog');
    await open(page, '/admin/models');
    await page.getByRole('button', { name: 'Set shared key: Anthropic' }).waitFor();
    await page.getByRole('button', { name: 'Test Anthropic' }).click();
    await page.getByText('It needs a key.').first().waitFor();
    await reached('providers');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await dialog.getByRole('radio').first().waitFor();
    await reached('kinds of providers');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await dialog.getByText('Give it a name').waitFor();
    await reached('a provider without a name');
    await page.keyboard.press('Escape');
    await open(page, '/admin/models?part=models');
    await page.getByRole('checkbox', { name: 'Select Guide' }).check();
    await reached('models');
    await page.getByRole('button', { name: 'Edit Guide' }).click();
    await dialog.waitFor();
    await reached('a rule');
    await open(page, '/admin/models?part=models&q=nothing-like-it');
    await page.getByText('No model is like that.').waitFor();
    await reached('no model found');
    await open(page, '/admin/models?part=routes');
    await page.getByRole('button', { name: 'Add fallback' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Add a model', { exact: true }).first().waitFor();
    await reached('a fallback');
    await open(page, '/admin/models?part=settings');
    await page.getByRole('radio', { name: 'Hidden' }).waitFor();
    await reached('settings');
    await page.route('**/api/models-admin', (route) =>
      route.fulfill({ status: 403, json: { detail: 'Not now', status: 403, code: 'X' } }),
    );
    await open(page, '/admin/models');
    await page.getByText('Not now').waitFor();
    await reached('what did not come');
    expect(found).toEqual([]);
    await context.close();
  });
});
