import type { Page } from 'playwright-core';

/** The search page. */
export const searchPage = (page: Page) => ({
  link: page.getByRole('link', { name: 'Search', exact: true }),
  field: page.getByRole('searchbox', { name: 'Search in your conversations' }),
  status: page.getByRole('main').getByRole('status'),
  results: page.getByRole('region', { name: 'Results' }),
  hits: page.locator('[data-hits] [data-row]'),
  conversations: page.locator('[data-hits]').getByRole('heading', { level: 2 }),
  marks: page.locator('[data-hits] mark'),
  more: page.getByRole('button', { name: 'Show more results' }),
  retry: page.getByRole('button', { name: 'Retry' }),
});

/** Looks for `text` again and again until the index has `count` hits, as a person would who waits for a moment. */
export async function searchUntil(page: Page, origin: string, text: string, count: number): Promise<void> {
  const { hits } = searchPage(page);
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(`${origin}/search?q=${encodeURIComponent(text)}`);
    await searchPage(page)
      .status.filter({ hasText: /result|Nothing/ })
      .waitFor();
    if ((await hits.count()) >= count) return;
  }
  throw new Error(`The search for ${text} has ${await hits.count()} hits, not ${count}`);
}
