// npm run e2e:screenshots: the pictures of the README, docs/images/{light,dark,mobile,inspector,xray}.png, from a real server.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { root, run } from '../tools/run.ts';
import { answerEnded, beginChat, chatPage, lastAnswer } from './pages/chat.ts';
import { notesPanel } from './pages/notes-panel.ts';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';

const FOLDER = join(root, 'docs', 'images');
const MOST_BYTES = 300_000;
const HISTORY = ['Explain the quadratic formula with math', 'Planets in a table', 'A debounce in TypeScript code'];
const NOTE = 'Show the team how an answer survives a reload.';

/** Fills the side bar and writes the answer that the pictures show. */
async function prepare(scene: Scene): Promise<string> {
  const { page, context } = await scene.member();
  for (const prompt of HISTORY) {
    await beginChat(page, prompt, scene.server.url);
    await answerEnded(page);
  }
  await beginChat(page, 'Show me what Parley can do', scene.server.url);
  await answerEnded(page);
  await notesPanel(page).button.click();
  await notesPanel(page).field.fill(NOTE);
  await notesPanel(page).add.click();
  await notesPanel(page).notes.filter({ hasText: NOTE }).waitFor();
  const { pathname } = new URL(page.url());
  await context.close();
  return scene.server.url + pathname;
}

/** The thread as it is read: from its first line, code coloured, nothing focused. */
async function compose(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await lastAnswer(page).locator('code span').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await chatPage(page).thread.evaluate((thread) => thread.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Latest' }).waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.mouse.move(0, 0);
}

/** What runs and how it is wired, with figures of the answers before. */
async function composeInspector(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByText('Nothing is wrong.').waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** How the last answer of a thread was made. */
async function composeXray(page: Page, address: string): Promise<void> {
  await compose(page, address);
  await lastAnswer(page).getByRole('button', { name: 'How this answer was made' }).click();
  await page.getByRole('dialog').getByText('system', { exact: true }).click();
  await page.mouse.move(0, 0);
}

async function take(
  scene: Scene,
  name: string,
  address: string,
  look: BrowserContextOptions,
  arrange: (page: Page, address: string) => Promise<void> = compose,
): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  const { page, context } = await scene.member(look);
  await arrange(page, address);
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  const bytes = statSync(path).size;
  console.log(`${path}: ${Math.round(bytes / 1_000)} kB`);
  if (bytes > MOST_BYTES) throw new Error(`${path} has ${bytes} bytes, more than ${MOST_BYTES}`);
}

const built = await run('parley', ['build'], { show: true });
if (built.code !== 0) process.exit(built.code);
mkdirSync(FOLDER, { recursive: true });
const scene = await startScene({ plugins: [`{ use: '${join(root, 'examples/hello-plugin/hello.ts')}' }`] });
try {
  const address = await prepare(scene);
  const wide = { viewport: { width: 1440, height: 900 } };
  await take(scene, 'light', `${address}?panel=notes`, { ...wide, colorScheme: 'light' });
  await take(scene, 'dark', address, { ...wide, colorScheme: 'dark' });
  await take(scene, 'mobile', address, {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    colorScheme: 'light',
  });
  const low = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' } as const;
  await take(scene, 'inspector', `${scene.server.url}/admin/inspector`, low, composeInspector);
  await take(scene, 'xray', address, { ...low, colorScheme: 'dark' }, composeXray);
} finally {
  await scene.stop();
}
