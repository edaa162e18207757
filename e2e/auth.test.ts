import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openWindow, startBrowser } from './browser.ts';
import { eventually } from './eventually.ts';
import { ADA, accountForm, BEN, descriptionOf, signIn, signOut, signUp } from './pages/account.ts';
import { chatPage } from './pages/chat.ts';
import { removeData, startParley } from './parley-process.ts';
import type { ParleyProcess } from './parley-process.ts';
import { demoConfig } from './scene.ts';

let server: ParleyProcess;
let browser: Browser;
const problems: string[][] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startParley({ config: demoConfig() }), startBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  removeData(server);
});

async function open(path = '/'): Promise<Page> {
  const window = await openWindow(browser, server.url);
  problems.push(window.problems);
  await window.page.goto(path.startsWith('http') ? path : server.url + path);
  return window.page;
}

const roles = async (page: Page): Promise<readonly string[]> => {
  const reply = await page.request.get(`${server.url}/api/auth/me`);
  const { user } = (await reply.json()) as { readonly user: { readonly roles: readonly string[] } };
  return user.roles;
};

describe('signing up and in', () => {
  it('makes the administrator of who comes through the printed address', async () => {
    const page = await open(server.setupUrl);
    await page.getByText('You are creating the administrator account.').waitFor();
    await signUp(page, ADA);
    await page.getByRole('heading', { name: `Welcome, ${ADA.name}` }).waitFor();
    expect(await roles(page)).toContain('admin');
    await page.getByRole('link', { name: 'Start a chat' }).click();
    await chatPage(page).box.waitFor();
    await page.context().close();
  });

  it('refuses the printed address once it was used', async () => {
    const page = await open(server.setupUrl);
    await signUp(page, BEN);
    await page.getByRole('alert').filter({ hasText: /setup/i }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Create your');
    await page.context().close();
  });

  it('makes an ordinary member of the next person', async () => {
    const page = await open('/register');
    await signUp(page, BEN);
    await page.getByRole('heading', { name: `Welcome, ${BEN.name}` }).waitFor();
    expect(await roles(page)).not.toContain('admin');
    await page.context().close();
  });

  it('ties the message about a wrong password to its field', async () => {
    const page = await open('/login');
    await signIn(page, { ...ADA, password: 'not the password' });
    const { password } = accountForm(page);
    await eventually(async () => expect(await descriptionOf(password)).toBe('E-mail address or password is wrong'));
    expect(await password.getAttribute('aria-invalid')).toBe('true');
    expect(await password.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('sends a visitor to the sign-in page, and after it to where they wanted', async () => {
    const page = await open('/settings/sessions');
    await page.waitForURL('**/login?returnTo=*');
    await signIn(page, ADA);
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await page.context().close();
  });

  it('signs out, and in again', async () => {
    const page = await open('/login');
    await signIn(page, ADA);
    await chatPage(page).box.waitFor();
    await signOut(page);
    await page.goto(`${server.url}/`);
    await page.waitForURL('**/login*');
    await signIn(page, ADA);
    await chatPage(page).box.waitFor();
    await page.context().close();
  });
});

describe('sessions', () => {
  it('names this device, and signs another one out', async () => {
    const here = await open('/login');
    await signIn(here, BEN);
    await chatPage(here).box.waitFor();
    const there = await open('/login');
    await signIn(there, BEN);
    await chatPage(there).box.waitFor();

    await here.goto(`${server.url}/settings/sessions`);
    const rows = here.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
    await rows.filter({ hasText: 'This device' }).waitFor();
    const others = rows.filter({ hasNotText: 'This device' });
    const count = await others.count();
    expect(count).toBeGreaterThan(0);
    await others
      .first()
      .getByRole('button', { name: /^Sign out/ })
      .click();
    await eventually(async () => expect(await others.count()).toBe(count - 1));
    await here.getByRole('button', { name: 'Sign out all other devices' }).click();
    await here.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
    await here.getByText('You are signed in on this device only.').waitFor();

    const reply = await there.request.get(`${server.url}/api/auth/sessions`);
    expect(reply.status()).toBe(401);
    await there.reload();
    await accountForm(there).signIn.waitFor();
    await Promise.all([here.context().close(), there.context().close()]);
  });

  it('caused no error in the console', () => expect(problems.flat()).toEqual([]));
});
