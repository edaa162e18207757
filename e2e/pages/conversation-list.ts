import type { Locator, Page } from 'playwright-core';

/** The conversations of the side bar. */
export const conversationList = (page: Page) => {
  const list = page.getByRole('group', { name: 'Conversations' });
  return {
    list,
    row: (title: string): Locator => list.getByRole('listitem').filter({ hasText: title }),
    /** The section under a heading such as "Today". */
    section: (heading: string): Locator => list.getByRole('region', { name: heading }),
    /** Does something with a conversation by its menu. */
    async act(title: string, action: string): Promise<void> {
      await list.getByRole('link', { name: title }).hover();
      await list.getByRole('button', { name: `Actions for ${title}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    },
  };
};
