import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { ADA, signIn, signOut } from './pages/account.ts';
import { answerEnded, beginChat, chatPage } from './pages/chat.ts';
import { notesPanel } from './pages/notes-panel.ts';
import { openSettings, SETTINGS_PAGES } from './pages/settings.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});

afterAll(async () => {
  await scene.stop();
});

const policyOf = async (path: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const reply = await fetch(scene.server.url + path, { headers: { accept: 'text/html' } });
  const header = reply.headers.get('content-security-policy') ?? '';
  const directives = header.split(';').map((directive) => directive.trim().split(/\s+/));
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]));
};

describe('a whole session', () => {
  it('asks nobody but its own server, and logs no error', async () => {
    const { page, problems, foreignRequests } = await scene.visitor();
    await page.goto(scene.server.url);
    await signIn(page, ADA);
    await chatPage(page).box.waitFor();
    await beginChat(page, 'What can you do?', scene.server.url);
    await answerEnded(page);
    await notesPanel(page).button.click();
    await notesPanel(page).field.waitFor();
    for (const name of SETTINGS_PAGES) await openSettings(page, name, scene.server.url);
    await signOut(page);
    expect(foreignRequests).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe('the content security policy', () => {
  it('lets only scripts with this page’s nonce run, and no text turned into code', async () => {
    const scripts = (await policyOf('/')).get('script-src') ?? [];
    expect(scripts.some((source) => /^'nonce-[\w+/=-]{16,}'$/.test(source))).toBe(true);
    expect(scripts).not.toContain("'unsafe-eval'");
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain('*');
  });

  it('has another nonce for each page', async () => {
    const [one, other] = await Promise.all([policyOf('/'), policyOf('/')]);
    expect(one.get('script-src')).not.toEqual(other.get('script-src'));
  });

  it('lets nobody frame the page and nothing load from elsewhere', async () => {
    const policy = await policyOf('/c/any');
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('object-src') ?? policy.get('default-src')).toEqual(["'none'"]);
    expect((policy.get('connect-src') ?? policy.get('default-src'))?.filter((source) => /:|\*/.test(source))).toEqual(
      [],
    );
  });

  it('stops a script that found its way into the page', async () => {
    const { page } = await scene.visitor();
    await page.goto(scene.server.url);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
    });
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    await page.context().close();
  });
});

describe('the theme', () => {
  const schemeAtStart = async (page: Page): Promise<string | undefined> => {
    await page.route('**/*.js', (route) => route.abort());
    await page.goto(scene.server.url, { waitUntil: 'domcontentloaded' });
    return page.evaluate(() => document.documentElement.dataset['theme']);
  };

  it('that was picked is there before any script file has loaded', async () => {
    const { page } = await scene.member({ colorScheme: 'light' });
    await page.goto(`${scene.server.url}/settings/appearance`);
    await page.getByText('Dark', { exact: true }).click();
    await eventually(async () =>
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark'),
    );
    expect(await schemeAtStart(page)).toBe('dark');
    await page.context().close();
  });
});
