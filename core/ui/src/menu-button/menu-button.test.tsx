import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EllipsisIcon } from '../icon/index.ts';
import { MenuButton } from './index.ts';

afterEach(cleanup);

const open = async (key: string) => {
  const user = userEvent.setup();
  const onDelete = jest.fn();
  const rename = { id: 'rename', label: 'Rename', keys: 'F2', onAction: jest.fn() };
  const remove = { id: 'delete', label: 'Delete', isDanger: true, onAction: onDelete };
  render(
    <MenuButton
      label="More"
      sections={[
        { id: 'change', label: 'Change', actions: [rename] },
        { id: 'remove', label: 'Remove', actions: [remove] },
      ]}
    >
      <EllipsisIcon />
    </MenuButton>,
  );
  await user.tab();
  await user.keyboard(key);
  await screen.findByRole('menu', { name: 'More' });
  return { user, onDelete };
};

describe('MenuButton', () => {
  for (const key of ['{Enter}', '{ArrowDown}', ' ']) {
    it(`opens with ${JSON.stringify(key)} and has the focus on the first action`, async () => {
      await open(key);
      await waitFor(() => expect(document.activeElement?.textContent).toContain('Rename'));
    });
  }

  it('acts, closes, and gives the focus back', async () => {
    const { user, onDelete } = await open('{Enter}');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onDelete).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' })));
  });

  it('closes on Escape without acting', async () => {
    const { user, onDelete } = await open('{Enter}');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(onDelete).not.toHaveBeenCalled();
  });
});
