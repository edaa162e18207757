import type { Page } from 'playwright-core';

/** The pages of the settings by the last part of their addresses, which is their title in lower case. */
export const SETTINGS_PAGES = ['appearance', 'account', 'sessions', 'password'] as const;

/** Opens a page of the settings and waits for what is on it. */
export async function openSettings(page: Page, name: (typeof SETTINGS_PAGES)[number], origin: string): Promise<void> {
  await page.goto(`${origin}/settings/${name}`);
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const content = page.getByRole('main').getByRole('region', { name: title, exact: true });
  await content.locator('button, input').first().waitFor({ state: 'attached' });
}
