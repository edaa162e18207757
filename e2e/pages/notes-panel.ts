import type { Page } from 'playwright-core';

/** The notes beside a thread. */
export const notesPanel = (page: Page) => {
  const panel = page.getByRole('complementary', { name: 'Notes' });
  return {
    /** Opens and closes the panel. */
    button: page.getByRole('button', { name: 'Notes', exact: true }),
    panel,
    field: panel.getByRole('textbox', { name: 'New note' }),
    add: panel.getByRole('button', { name: 'Add note' }),
    notes: panel.getByRole('listitem'),
    close: panel.getByRole('button', { name: 'Close panel' }),
  };
};
