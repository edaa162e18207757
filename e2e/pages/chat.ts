import type { Locator, Page } from 'playwright-core';

/** A prompt that the demo guide answers with 40 numbered parts. */
export const LONG_PROMPT = 'Say something long';

/** The parts of a page with a composer, by the names people know them by. */
export const chatPage = (page: Page) => ({
  box: page.getByRole('textbox', { name: 'Message', exact: true }),
  send: page.getByRole('button', { name: 'Send', exact: true }),
  stop: page.getByRole('button', { name: 'Stop', exact: true }),
  queue: page.getByRole('button', { name: 'Queue', exact: true }),
  model: page.getByRole('button', { name: /^Model/ }),
  title: page.getByRole('heading', { level: 1 }),
  thread: page.getByRole('log', { name: 'Conversation' }),
  prompts: page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'You said' }) }),
  answers: page.getByRole('article').filter({ has: page.getByRole('heading', { name: /^(?!You).* said/ }) }),
});

/** The answer at the end of the thread. */
export const lastAnswer = (page: Page): Locator => chatPage(page).answers.last();

/** The conversation whose page is open. */
export const conversationIdOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Writes a message and sends it with Enter. */
export async function say(page: Page, text: string): Promise<void> {
  const { box } = chatPage(page);
  await box.fill(text);
  await box.press('Enter');
}

/** Begins a conversation and waits until its page is there. Gives the conversation's id. */
export async function beginChat(page: Page, text: string, origin: string): Promise<string> {
  await page.goto(`${origin}/`);
  await say(page, text);
  await page.waitForURL('**/c/*');
  return conversationIdOf(page);
}

/** Waits until the last answer of the thread is written to its end. */
export async function answerEnded(page: Page, timeoutMs = 30_000): Promise<void> {
  await lastAnswer(page).getByRole('button', { name: 'Copy the answer' }).waitFor({ timeout: timeoutMs });
}

/** Waits until the last answer shows a text. */
export const answerShows = (page: Page, text: string | RegExp): Promise<void> =>
  lastAnswer(page).getByText(text).first().waitFor({ timeout: 30_000 });

/** The headings and paragraphs of an answer in the order they are shown, as their Markdown without signs. */
export const blocksOf = (answer: Locator): Promise<readonly string[]> =>
  answer
    .locator('h3, h4, h5, h6, p')
    .evaluateAll((elements) => elements.map((element) => element.textContent ?? '').filter((text) => text !== ''));

/** What `blocksOf` gives for the guide's long answer, from its Markdown. */
export const blocksIn = (markdown: string): readonly string[] =>
  markdown
    .split('\n')
    .map((line) => line.replace(/^#+ /, ''))
    .filter((line) => line.trim() !== '');

/** The numbered parts 1 to 40 of the guide's long answer, as their headings show them. */
export const PARTS = Array.from({ length: 40 }, (_, index) => `Part ${index + 1}`);
