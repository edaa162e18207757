import type { BrowserContextOptions, Page } from 'playwright-core';
import { axeProblems, overflowPixels } from '../browser.ts';
import type { Window } from '../browser.ts';
import type { Scene } from '../scene.ts';
import { visitAdministration } from './admin-states.ts';
import { accountButton, accountForm, signIn } from './account.ts';
import { answerEnded, answerShows, beginChat, chatPage, lastAnswer, LONG_PROMPT, say } from './chat.ts';
import { marketPlugin, modelPicker, pickModel } from './model-picker.ts';
import { notesPanel } from './notes-panel.ts';
import { openSettings, SETTINGS_PAGES } from './settings.ts';

/** How the page is looked at. */
export interface Look extends BrowserContextOptions {
  readonly direction?: 'rtl';
  /** More widths that each state must fit into, pixels. */
  readonly widths?: readonly number[];
}

const BROKEN_MODEL = 'out-of-order';

/** More lines for the config file of the scene that is walked through: a provider that nobody answers for. */
export const STATES_PLUGINS: readonly string[] = [
  marketPlugin(),
  `{ use: provider-openai, id: broken, config: { key: zz, baseUrl: 'http://127.0.0.1:9/v1', models: [${BROKEN_MODEL}], maxRetries: 0 } }`,
];

/** Brings the page into one state after the other and tells after each. */
type Walk = (window: Window, origin: string, reached: (state: string) => Promise<void>) => Promise<void>;

const visitors: Walk = async ({ page }, origin, reached) => {
  await page.goto(`${origin}/login`);
  await accountForm(page).signIn.waitFor();
  await reached('login');
  await signIn(page, { email: 'ada@example.org', password: 'wrong' });
  await page.getByText('E-mail address or password is wrong').waitFor();
  await reached('login with an error');
  await page.goto(`${origin}/register?setup=none`);
  await accountForm(page).signUp.click();
  await page.getByText('Enter your name').waitFor();
  await reached('register');
};

const chatting: Walk = async ({ page }, origin, reached) => {
  const chat = chatPage(page);
  await page.goto(`${origin}/welcome`);
  await page.getByRole('link', { name: 'Start a chat' }).click();
  await chat.box.waitFor();
  await reached('new chat');
  await pickModel(page, 'Guide');
  await beginChat(page, 'What can you do?', origin);
  await answerEnded(page);
  await reached('answer done');
  await lastAnswer(page)
    .getByRole('button', { name: /^Reasoned/ })
    .click();
  await reached('reasoning open');
  await chat.prompts.last().hover();
  await page.getByRole('button', { name: 'Edit the message' }).click();
  await reached('prompt being edited');
  await page.keyboard.press('Escape');
  await say(page, LONG_PROMPT);
  await answerShows(page, 'Part 1');
  await reached('streaming');
  await say(page, 'A table');
  await page.getByRole('region', { name: 'Waiting messages' }).waitFor();
  await reached('a message waits');
  await chat.stop.click();
  await lastAnswer(page).getByText('You stopped this answer.').waitFor();
  await reached('stopped');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.route('**/api/agents/chat', (route) => route.abort());
  await say(page, 'A table');
  await page.getByText('Your message was not sent').first().waitFor();
  await reached('not sent');
  await page.unroute('**/api/agents/chat');
  await pickModel(page, BROKEN_MODEL);
  await say(page, 'Are you there?');
  await lastAnswer(page).getByText('The provider could not be reached').waitFor();
  await reached('answer failed');
  await notesPanel(page).button.click();
  await page.getByRole('textbox', { name: 'New note' }).fill('Remember the heron');
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Remember the heron' }).waitFor();
  await reached('notes');
};

const choosing: Walk = async ({ page }, origin, reached) => {
  const chat = chatPage(page);
  const picker = modelPicker(page);
  await page.goto(origin);
  await chat.model.click();
  await picker.options.first().waitFor();
  await reached('model picker');
  await page.keyboard.press('End');
  await reached('model picker, providers that are not ready');
  await picker.search.fill('no such model');
  await page.getByText('No model fits').waitFor();
  await reached('model picker, nothing found');
  // Other widths may have taken the focus away.
  await picker.search.press('Escape');
  await picker.search.waitFor({ state: 'detached' });
  await pickModel(page, 'Scholar');
  await picker.parameters.click();
  await page.getByRole('textbox', { name: 'Top P' }).fill('7');
  await page.keyboard.press('Tab');
  await page.getByText('What is marked does not fit').waitFor();
  await reached('parameters');
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0.2');
  await page.keyboard.press('Escape');
  await picker.webSearch.click();
  await beginChat(page, 'What do herons do?', origin);
  await answerEnded(page);
  await reached('answer with notices and sources');
  const answer = lastAnswer(page);
  await answer.getByRole('button', { name: /^Source 1/ }).click();
  await page.getByRole('dialog', { name: 'Source 1' }).waitFor();
  await reached('a source');
  await page.keyboard.press('Escape');
  await answer.getByRole('button', { name: '3 sources' }).click();
  await reached('all sources');
  await answer.getByRole('button', { name: /tokens/ }).click();
  await page.getByRole('dialog', { name: 'What this answer took' }).waitFor();
  await reached('what an answer took');
  await page.keyboard.press('Escape');
  await answer.getByRole('button', { name: 'Write the answer again with another model' }).click();
  await picker.search.fill('Hurried');
  await picker.options.first().click();
  await page.getByRole('button', { name: /^Retry in/ }).waitFor();
  await reached('a provider asks to slow down');
  await page.route('**/api/models', (route) => route.fulfill({ json: { items: [], providers: [] } }));
  await page.reload();
  await page.getByText(/was used here and is not available now/).waitFor();
  await reached('the model is gone');
  await page.unroute('**/api/models');
};

const settings: Walk = async ({ page }, origin, reached) => {
  await page.goto(`${origin}/welcome`);
  await page.getByRole('link', { name: 'Start a chat' }).waitFor();
  await reached('welcome');
  for (const name of SETTINGS_PAGES) {
    await openSettings(page, name, origin);
    await reached(`settings: ${name}`);
  }
  await openSettings(page, 'sessions', origin);
  await page.getByRole('button', { name: 'Sign out all other devices' }).click();
  await page.getByRole('alertdialog').waitFor();
  await reached('a question');
};

const administration: Walk = ({ page }, origin, reached) => visitAdministration(page, origin, reached);

const elsewhere: Walk = async ({ page, context }, origin, reached) => {
  await page.goto(`${origin}/nothing/here`);
  await page.getByText('There is nothing here').waitFor();
  await reached('not found');
  await page.goto(`${origin}/c/01900000-0000-7000-8000-000000000001`);
  await page.getByText('There is nothing here').waitFor();
  await reached('a conversation that is not there');
  await page.goto(`${origin}/chats`);
  await page.getByRole('main').getByRole('listitem').first().waitFor();
  await reached('all conversations');
  await openSideBar(page);
  const actions = page.getByRole('navigation', { name: 'Side bar' }).getByRole('button', { name: /^Actions for/ });
  await actions.first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await reached('conversation menu');
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await accountButton(page).click();
  await page.getByRole('menu').waitFor();
  await reached('account menu');
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await reached('shortcut help');
  await page.goto(`${origin}/`);
  await chatPage(page).box.waitFor();
  await context.setOffline(true);
  await page.getByText('You are offline.').waitFor();
  await reached('offline');
  await context.setOffline(false);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  await context.clearCookies();
  await say(page, 'A table');
  await page.getByRole('alertdialog', { name: 'Your session has ended' }).waitFor();
  await reached('session ended');
};

/** The side bar is a sheet where the window is narrow. */
async function openSideBar(page: Page): Promise<void> {
  const open = page.getByRole('button', { name: 'Open side bar' });
  if ((await open.count()) === 0) return;
  await open.click();
  await accountButton(page).waitFor();
}

/** Where the page is wider than its window, at its own width and at others. */
async function widthProblems(page: Page, widths: readonly number[]): Promise<readonly string[]> {
  const found: string[] = [];
  const measure = async (): Promise<void> => {
    const overflow = await overflowPixels(page);
    if (overflow > 0) found.push(`${overflow} px wider than a window of ${page.viewportSize()?.width} px`);
  };
  await measure();
  const own = page.viewportSize();
  for (const width of own ? widths : []) {
    await page.setViewportSize({ width, height: own?.height ?? width });
    await measure();
  }
  if (own && widths.length > 0) await page.setViewportSize(own);
  return found;
}

/** Walks through the states of the page. Gives what axe found, and where the page was wider than its window. */
export async function visitStates(scene: Scene, { direction, widths = [], ...look }: Look): Promise<readonly string[]> {
  const found: string[] = [];
  const origin = scene.server.url;
  const walk = async (window: Window, steps: readonly Walk[]): Promise<void> => {
    const { page } = window;
    let last = 'the start';
    const reached = async (state: string): Promise<void> => {
      last = state;
      found.push(...(await widthProblems(page, widths)).map((problem) => `${state}: ${problem}`));
      found.push(...(await axeProblems(page)).map((problem) => `${state}: ${problem}`));
    };
    if (direction) await readRightToLeft(window, origin);
    try {
      for (const step of steps) await step(window, origin, reached);
    } catch (error) {
      found.push(`${last}: went no further, at ${new URL(page.url()).pathname}: ${String(error)}`);
    }
    found.push(...window.problems.map((problem) => `console, until ${last}: ${problem}`));
    await window.context.close();
  };
  await walk(await scene.visitor(look), [visitors]);
  await walk(await scene.member(look), [chatting, choosing, settings, administration, elsewhere]);
  return found;
}

/** Puts what the appearance settings keep into the browser: for the first paint, and for who is signed in. */
async function readRightToLeft({ page, context }: Window, origin: string): Promise<void> {
  const reply = await context.request.get(`${origin}/api/auth/me`);
  const me = reply.ok() ? ((await reply.json()) as { readonly user?: { readonly id: string } }) : {};
  await page.addInitScript((userId) => {
    localStorage.setItem('ui:appearance', JSON.stringify({ dir: 'rtl' }));
    if (userId) localStorage.setItem(`ui:${userId}:shell.appearance`, JSON.stringify({ direction: 'rtl' }));
  }, me.user?.id);
}
