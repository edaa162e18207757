import type { Page } from 'playwright-core';

/** The pages of the administration. */
export const adminPages = (page: Page) => ({
  plugins: page.getByRole('heading', { level: 1, name: 'Plugins' }),
  /** The link to a plugin's page in the list. */
  plugin: (id: string) => page.getByRole('main').getByRole('link', { name: id, exact: true }),
  turnOff: (id: string) => page.getByRole('button', { name: `Turn off ${id}` }),
  turnOn: (id: string) => page.getByRole('button', { name: `Turn on ${id}` }),
  dialog: page.getByRole('dialog'),
});

/** Confirms the plan that is shown, waits until it is applied, and closes the dialog. */
export async function confirmPlan(page: Page, verb: string): Promise<void> {
  const { dialog } = adminPages(page);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await dialog.getByText(/^Done in \d+ ms/).waitFor();
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
