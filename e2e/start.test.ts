import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { filesOf, startFiles } from '../host-web/build/start-imports.ts';
import { root } from '../tools/run.ts';
import { eventually } from './eventually.ts';
import { accountButton } from './pages/account.ts';
import { chatPage } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

const WEB = join(root, '.parley/web');
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});

afterAll(async () => {
  await scene.stop();
});

/** Notes the moment when the box of the composer stands on the page. */
function noteTheBox(): void {
  const look = () => {
    if (!document.querySelector('main textarea:enabled')) return;
    performance.mark('box');
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

/** The scripts that the page has asked for. */
const scripts = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js'))
    .map(({ name }) => new URL(name).pathname.slice(1));

/** Those that it asked for before the box stood there. */
const scriptsBeforeTheBox = (): readonly string[] => {
  const boxMs = performance.getEntriesByName('box')[0]?.startTime ?? 0;
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= boxMs)
    .map(({ name }) => new URL(name).pathname.slice(1));
};

describe('the start of a signed-in person', () => {
  it('fetches just the scripts that the size gate counts before the composer can be used', async () => {
    const { page } = await scene.member();
    await page.addInitScript(noteTheBox);
    await page.goto(scene.server.url);
    await chatPage(page).box.waitFor();
    const counted = startFiles(WEB).map(({ file }) => file);
    expect((await page.evaluate(scriptsBeforeTheBox)).toSorted()).toEqual(counted.toSorted());
    await page.context().close();
  });

  it('fetches menus and notices afterwards, so that they are there when the server is not', async () => {
    const later = [...filesOf(WEB, ['core/ui ./menu-button-popover.tsx', 'host-web ./notice-region.tsx'])];
    const { page, context } = await scene.member();
    await page.goto(scene.server.url);
    await chatPage(page).box.waitFor();
    await eventually(async () => expect(await page.evaluate(scripts)).toEqual(expect.arrayContaining(later)));
    await context.setOffline(true);
    await accountButton(page).click();
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    await context.close();
  });
});
