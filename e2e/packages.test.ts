import { appendFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashFiles, integrityOf } from '@parley/package';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { buildPlugin, installedFolder, parley, PLUGIN_ID } from './fixtures/write-plugin.ts';
import type { OutsidePlugin } from './fixtures/write-plugin.ts';
import { chatPage } from './pages/chat.ts';
import { startScene } from './scene.ts';
import type { MemberWindow, Scene } from './scene.ts';

let scene: Scene;
let member: MemberWindow;
let page: Page;

const plugin = (...args: readonly string[]): Promise<string> =>
  parley(
    scene.server.dataDir,
    'plugin',
    ...args,
    '--data',
    scene.server.dataDir,
    '--config',
    join(scene.server.dataDir, 'parley.config.yaml'),
  );
/** Addresses of the files of web sides. */
const UI_FILES = '**/ui/*/*';
const weather = (): Locator => page.getByRole('region', { name: 'Weather' });
/** What an administrator sees in the place of a broken web side. */
const gap = (): Locator => page.getByRole('note').filter({ hasText: PLUGIN_ID });

/** Builds a version, changes it, and installs it in the place of whatever is there. */
async function put(version: string, more: OutsidePlugin = {}, change: (dir: string) => void = () => undefined) {
  const dir = await buildPlugin({ version, ...more });
  change(dir);
  await plugin('remove', PLUGIN_ID).catch(() => undefined);
  await weather().waitFor({ state: 'detached' });
  await gap().waitFor({ state: 'detached' });
  return dir;
}

beforeAll(async () => {
  scene = await startScene();
  member = await scene.member();
  ({ page } = member);
  await page.goto(scene.server.url);
  await chatPage(page).box.waitFor();
}, 120_000);
afterAll(() => scene.stop());

describe('a plugin that comes while the page is open', () => {
  it('shows without a reload, and what was being written stays', async () => {
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    await chatPage(page).box.fill('half a sentence');
    const hostile = '* { letter-spacing: 3px; } body { display: none; } .place { color: rgb(1, 2, 3); }';
    const output = await plugin('add', await buildPlugin({ css: hostile }), '--yes');
    expect(output).toContain(`plugin add: ${PLUGIN_ID} 1.0.0, composition 1 runs, ${PLUGIN_ID} is ready`);
    await page.getByRole('heading', { name: 'Weather of version 1.0.0' }).waitFor();
    expect(await chatPage(page).box.inputValue()).toBe('half a sentence');
  });

  it('styles itself and nothing else, whatever its style names', async () => {
    const styleOf = (locator: Locator) =>
      locator.evaluate((element) => {
        const { color, letterSpacing, display } = getComputedStyle(element);
        return { color, letterSpacing, display };
      });
    await eventually(async () =>
      expect(await styleOf(page.getByRole('heading', { name: /Weather of/ }))).toMatchObject({
        color: 'rgb(1, 2, 3)',
        letterSpacing: '3px',
      }),
    );
    expect(await styleOf(page.locator('body'))).toMatchObject({ letterSpacing: 'normal', display: 'block' });
    expect(await styleOf(chatPage(page).box)).toMatchObject({ letterSpacing: 'normal' });
  });

  it('is replaced by an update, and gone after its removal, in the same page', async () => {
    await plugin('update', await buildPlugin({ version: '1.1.0', body: '<p>Rain</p>' }), '--yes');
    await page.getByRole('heading', { name: 'Weather of version 1.1.0' }).waitFor();
    await plugin('remove', PLUGIN_ID);
    await weather().waitFor({ state: 'detached' });
    expect(await chatPage(page).box.inputValue()).toBe('half a sentence');
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    expect(member.problems).toEqual([]);
  });
});

describe('a web side that fails leaves the rest as it was', () => {
  const addAndWaitForGap = async (dir: string, reason: RegExp) => {
    await plugin('add', dir, '--yes');
    await gap().filter({ hasText: reason }).waitFor({ timeout: 25_000 });
    expect(await chatPage(page).box.isEditable()).toBe(true);
  };

  it('when it throws: at the third time it is stopped, and the server knows', async () => {
    await addAndWaitForGap(
      await put('2.0.0', { body: '{(() => { throw new Error("no weather today"); })()}' }),
      /no weather/,
    );
    for (let attempt = 0; attempt < 2; attempt += 1) await gap().getByRole('button', { name: 'Retry' }).click();
    await gap().filter({ hasText: 'failed 3 times and was stopped' }).waitFor();
    await eventually(async () => {
      const reply = await member.context.request.get(`${scene.server.url}/api/kernel/graph`);
      const { plugins } = (await reply.json()) as { plugins: { id: string; page?: object }[] };
      expect(plugins.find(({ id }) => id === PLUGIN_ID)?.page).toMatchObject({ errors: 3, stops: 1 });
    });
  });

  it('when a file of it is missing', async () => {
    const dir = await put('2.1.0');
    await page.route(UI_FILES, (route) => route.abort());
    await plugin('add', dir, '--yes');
    for (const file of globSync('dist/web/*.js', { cwd: installedFolder(scene.server.dataDir) })) {
      rmSync(join(installedFolder(scene.server.dataDir), file));
    }
    await page.unroute(UI_FILES);
    await gap()
      .filter({ hasText: /could not be loaded/ })
      .waitFor({ timeout: 25_000 });
  });

  it('when a file of it was changed after it was installed, and the log says which', async () => {
    const dir = await put('2.2.0');
    await page.route(UI_FILES, (route) => route.abort());
    await plugin('add', dir, '--yes');
    const entry = join(installedFolder(scene.server.dataDir), 'dist/web/remoteEntry.js');
    appendFileSync(entry, '\ndocument.title = "taken over";');
    await page.unroute(UI_FILES);
    const reply = await member.context.request.get(
      `${scene.server.url}/ui/${integrityIn(installedFolder(scene.server.dataDir)).slice(0, 32)}/remoteEntry.js`,
    );
    expect(reply.status()).toBe(500);
    expect(scene.server.output()).toContain('HOST_BAD_PLUGIN_FILE');
    await gap().waitFor({ timeout: 25_000 });
    expect(await page.title()).not.toBe('taken over');
  });

  it('when it needs another React, in spite of what its manifest says', async () => {
    const dir = await put('2.3.0', {}, (folder) => {
      const entry = join(folder, 'dist/web/remoteEntry.js');
      const text = readFileSync(entry, 'utf8');
      expect(text).toContain('^19.3.0');
      writeFileSync(entry, text.replaceAll('^19.3.0', '^18.2.0'));
      sealAgain(folder);
    });
    await addAndWaitForGap(dir, /shared singleton module react does not satisfy .* needs \^18\.2\.0/);
  });

  it('when its code never comes, after eight seconds', async () => {
    const dir = await put('2.4.0');
    await page.route(UI_FILES, () => undefined);
    await addAndWaitForGap(dir, /8.?000 ms|8 seconds/);
    await page.unroute(UI_FILES);
  }, 90_000);
});

const integrityIn = (dir: string): string =>
  (JSON.parse(readFileSync(join(dir, 'plugin.manifest.json'), 'utf8')) as { integrity: string }).integrity;

/** Hashes a package again, as somebody would who changes a build and publishes it under an own name. */
function sealAgain(dir: string): void {
  const path = join(dir, 'plugin.manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { files: Record<string, string> };
  const files = hashFiles(dir, Object.keys(manifest.files));
  writeFileSync(path, JSON.stringify({ ...manifest, files, integrity: integrityOf(files) }));
}
