// Builds the gallery, opens it in Chromium under the product's content security policy, and runs axe on it, light and dark,
// wide and narrow, both directions, and with each overlay open. `node core/ui/gallery/check.mjs [folder for pictures]`
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { rspack } from '@rspack/core';
import { chromium } from 'playwright-core';
import config from './rspack.config.mjs';

const pictures = process.argv[2];
const NONCE = 'gallery';
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${NONCE}'; font-src 'self'; img-src 'self'; worker-src 'self'; connect-src 'self'`;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const views = [
  { name: 'light', query: 'theme=light&stream', width: 1200 },
  { name: 'dark', query: 'theme=dark&stream', width: 1200 },
  { name: 'mobile', query: 'theme=light&stream', width: 390 },
  { name: 'rtl', query: 'theme=dark&dir=rtl&stream', width: 1200 },
];
const overlays = [
  'Conversation menu',
  'Theme',
  'Popover',
  'Dialog',
  'Sheet',
  'Bottom sheet',
  'Delete',
  'Toasts',
  /^Model/,
  /Language/,
];

const stats = await promisify(rspack)(config);
if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
const server = createServer((request, response) => {
  const file = join(config.output.path, new URL(request.url ?? '/', 'http://localhost').pathname);
  try {
    const body = readFileSync(file);
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    });
    response.end(body);
  } catch {
    response.writeHead(file.endsWith('favicon.ico') ? 204 : 404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const problems = [];

async function open(query, width) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => problems.push(`${query}: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && problems.push(`${query}: ${message.text()}`));
  await page.goto(`${origin}/index.html?${query}`);
  return page;
}
async function inspect(page, name, fullPage) {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
  await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), rules);
  for (const { id, nodes } of violations)
    problems.push(`${name}: ${id} at ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  await page.close();
}

for (const { name, query, width } of views) {
  const page = await open(query, width);
  await page.locator('[data-streaming="false"]').waitFor();
  await page.locator('figure span[style]').first().waitFor();
  await page.locator('.katex').first().waitFor();
  await inspect(page, name, true);
}
for (const [index, name] of overlays.entries()) {
  const page = await open(`theme=${index % 2 === 0 ? 'light' : 'dark'}`, 1000);
  await page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .last()
    .click();
  await page.locator('[role=menu], [role=dialog], [role=alertdialog], [role=listbox]').first().waitFor();
  await inspect(page, `overlay-${index}`, false);
}
await browser.close();
server.close();
console.log(problems.join('\n'));
console.log(`gallery: ${views.length + overlays.length} states, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
