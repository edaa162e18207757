import type { Page } from 'playwright-core';
import { adminPages } from './admin-pages.ts';

/** Brings the administration into one state after the other. Nothing is changed: other looks walk beside this one. */
export async function visitAdministration(
  page: Page,
  origin: string,
  reached: (state: string) => Promise<void>,
): Promise<void> {
  const { dialog, plugin, turnOff } = adminPages(page);
  await page.goto(`${origin}/admin/plugins`);
  await plugin('notes').waitFor();
  await reached('plugins');
  await turnOff('notes').click();
  await dialog.getByText('notes stops.').waitFor();
  await reached('a plan');
  await answerApply(page);
  await dialog.getByRole('button', { name: 'Turn off', exact: true }).click();
  await dialog.getByText('Done in 12 ms, but not everything runs as it should').waitFor();
  await reached('a change applied');
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByRole('button', { name: 'Add plugin' }).click();
  await dialog.getByRole('textbox', { name: 'Plugin' }).fill('not-there');
  await reached('a plugin to add');
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await dialog.getByRole('button', { name: 'Back' }).waitFor();
  await reached('a change refused');
  await page.goto(`${origin}/admin/plugins?q=nothing-like-it`);
  await page.getByText('No plugin is like that.').waitFor();
  await reached('no plugin found');
  for (const part of ['overview', 'settings', 'permissions', 'inside']) {
    await page.goto(`${origin}/admin/plugins/notes?part=${part}`);
    await page.getByRole('tabpanel').waitFor();
    await reached(`plugin: ${part}`);
  }
  await page.goto(`${origin}/admin/plugins/notes?part=settings`);
  await page.getByRole('textbox', { name: 'Max notes per conversation' }).fill('0');
  await page.getByRole('button', { name: 'Review change' }).click();
  await page.getByText('Enter 1 or more').waitFor();
  await reached('a setting that is wrong');
  await page.goto(`${origin}/admin/inspector`);
  await page.getByRole('button', { name: 'conversations', exact: true }).click();
  await page.getByText('Wiring of conversations').waitFor();
  await reached('inspector');
  await page.goto(`${origin}/admin/history`);
  await page.getByText('runs now').waitFor();
  await reached('history');
  await page.route('**/api/kernel/history', (route) => route.fulfill({ status: 403, body: '{}' }));
  await page.goto(`${origin}/admin/history`);
  await page.getByText('This could not be loaded').waitFor();
  await reached('history failed');
}

/** Answers as if the plan had been applied. */
const answerApply = (page: Page): Promise<unknown> =>
  page.route('**/api/kernel/apply', (route) =>
    route.fulfill({
      json: {
        version: 2,
        changes: [],
        plugins: [
          { id: 'notes', state: 'stopped', generation: 1 },
          { id: 'chat', state: 'failed', reason: 'no disk', generation: 2 },
        ],
        warnings: [],
        tookMs: 12,
      },
    }),
  );
