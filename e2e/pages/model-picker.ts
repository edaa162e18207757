import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chatPage } from './chat.ts';

/** The line of a config file that adds the providers of the tests. */
export const marketPlugin = (bulkModels = 0): string =>
  `{ use: '${join(import.meta.dirname, '../fixtures/model-market.ts')}', config: { bulkModels: ${bulkModels} } }`;

/** The parts of the model picker, and of what stands beside it, by the names people know them by. */
export const modelPicker = (page: Page) => ({
  search: page.getByRole('combobox', { name: 'Search models' }),
  options: page.getByRole('option'),
  parameters: page.getByRole('button', { name: /^Parameters/ }),
  webSearch: page.getByRole('button', { name: 'Web search' }),
});

/** Opens the picker, finds a model by its name and picks it. */
export async function pickModel(page: Page, name: string): Promise<void> {
  await chatPage(page).model.click();
  const { search, options } = modelPicker(page);
  await search.fill(name);
  await options.first().click();
  await search.waitFor({ state: 'detached' });
}
