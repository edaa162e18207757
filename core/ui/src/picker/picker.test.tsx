import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Picker } from './index.ts';

afterEach(cleanup);

const groups = [
  {
    id: 'demo',
    title: 'Demo',
    options: [
      { id: 'guide', label: 'Guide' },
      { id: 'echo', label: 'Echo' },
    ],
  },
  { id: 'local', title: 'Local', options: [{ id: 'large', label: 'Large', keywords: 'reasoning' }] },
];

const open = async (onChange = jest.fn()) => {
  const user = userEvent.setup();
  render(
    <Picker
      label="Model"
      groups={groups}
      value="guide"
      onChange={onChange}
      placeholder="Choose"
      searchPlaceholder="Search models"
    />,
  );
  await user.click(screen.getByRole('button', { name: 'Model: Guide' }));
  await screen.findByRole('listbox', { name: 'Model' });
  return { user, onChange };
};
const names = () => screen.getAllByRole('option').map((option) => option.textContent);

describe('Picker', () => {
  it('shows the groups and marks the picked option', async () => {
    await open();
    expect(names()).toEqual(['Guide', 'Echo', 'Large']);
    expect(screen.getByRole('group', { name: 'Local' })).toBeTruthy();
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('Guide');
  });

  it('narrows as one types, by label and by keyword', async () => {
    const { user } = await open();
    await user.keyboard('ech');
    expect(names()).toEqual(['Echo']);
    await user.clear(screen.getByRole('combobox', { name: 'Search models' }));
    await user.keyboard('reason');
    expect(names()).toEqual(['Large']);
  });

  it('says when nothing is found', async () => {
    const { user } = await open();
    await user.keyboard('zzz');
    expect(screen.getByText('Nothing found.')).toBeTruthy();
  });

  it('picks by keyboard and closes', async () => {
    const { user, onChange } = await open();
    await user.keyboard('lar{ArrowDown}{Enter}');
    expect(onChange).toHaveBeenCalledWith('large');
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Model: Guide' })));
  });
});
