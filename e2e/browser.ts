import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium without a window. */
export const startBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...more] });

/** A window of its own, with what went wrong in it. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Console errors and uncaught errors so far, without those that a cut network explains. */
  readonly problems: string[];
  /** Requests that left the origin of the server. */
  readonly foreignRequests: string[];
}

const EXPECTED = /net::ERR_|Failed to load resource: the server responded with a status of 4\d\d/;

const watch = (page: Page, window: Pick<Window, 'problems' | 'foreignRequests'>, origin: string): void => {
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) window.problems.push(message.text());
  });
  page.on('pageerror', (error) => window.problems.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) window.foreignRequests.push(url);
  });
};

/** Opens a window that reports console errors and requests to anywhere else. */
export async function openWindow(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    locale: 'en-GB',
    viewport: { width: 1280, height: 860 },
    ...options,
  });
  const found: Pick<Window, 'problems' | 'foreignRequests'> = { problems: [], foreignRequests: [] };
  context.on('page', (page) => watch(page, found, origin));
  const page = await context.newPage();
  return { context, page, ...found };
}

/** Waits until everything that fades or moves has done so; what never ends is not waited for. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA. Shape: one line per rule and place with its markup, empty when all is well. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const options = { runOnly: RULES, resultTypes: ['violations'] } satisfies axe.RunOptions;
  const violations = await page.evaluate(async (how) => (await axe.run(document, how)).violations, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary, html }) => {
      const reason = failureSummary?.split('\n')[1]?.trim() ?? '';
      return `${id}: ${target.join(' ')}: ${reason}: ${html.slice(0, 300)}`;
    }),
  );
}

/** How many pixels the page is wider than its window; what is being put in its place gets a second for it. */
export async function overflowPixels(page: Page): Promise<number> {
  const measure = () => document.documentElement.scrollWidth - window.innerWidth;
  const isWithin = () => document.documentElement.scrollWidth <= window.innerWidth;
  await page.waitForFunction(isWithin, undefined, { timeout: 1_000 }).catch(() => undefined);
  return page.evaluate(measure);
}
