import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { IconButton } from '../button/icon-button.tsx';
import { EllipsisIcon } from '../icon/index.ts';
import { PluginScope } from '../provider/plugin-scope.tsx';
import { Menu, MenuItem, MenuTrigger } from './index.ts';

afterEach(cleanup);

const onRename = jest.fn();
const onDelete = jest.fn();
const menu = (
  <MenuTrigger>
    <IconButton label="More">
      <EllipsisIcon />
    </IconButton>
    <Menu aria-label="Conversation">
      <MenuItem onAction={onRename} keys="F2">
        Rename
      </MenuItem>
      <MenuItem isDisabled>Archive</MenuItem>
      <MenuItem onAction={onDelete} isDanger>
        Delete
      </MenuItem>
    </Menu>
  </MenuTrigger>
);

describe('Menu', () => {
  it('opens by keyboard, skips what is disabled, and acts', async () => {
    const user = userEvent.setup();
    render(menu);
    await user.tab();
    await user.keyboard('{Enter}');
    expect(document.activeElement?.textContent).toContain('Rename');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Delete');
    await user.keyboard('{Enter}');
    expect(onDelete).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('finds an item by its first letter', async () => {
    const user = userEvent.setup();
    render(menu);
    await user.tab();
    await user.keyboard('{Enter}d');
    expect(document.activeElement?.textContent).toContain('Delete');
  });

  it('carries the mark of the plugin that opened it, since it stands outside of its box', async () => {
    const user = userEvent.setup();
    const { container } = render(<PluginScope pluginId="notes">{menu}</PluginScope>);
    await user.click(screen.getByRole('button', { name: 'More' }));
    const item = screen.getByRole('menu');
    expect(container.contains(item)).toBe(false);
    expect(item.closest('[data-plugin="notes"]')).not.toBeNull();
  });
});
