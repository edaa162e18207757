import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { UiProvider } from '../provider/ui-provider.tsx';
import { SegmentedControl } from './index.ts';

afterEach(cleanup);

const segments = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const;

const press = async (locale: string, key: string) => {
  const user = userEvent.setup();
  const onChange = jest.fn();
  render(
    <UiProvider locale={locale}>
      <SegmentedControl label="Theme" segments={segments} value="light" onChange={onChange} />
    </UiProvider>,
  );
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Light' }));
  await user.keyboard(key);
  return onChange;
};

describe('SegmentedControl', () => {
  it('moves along with the arrow keys', async () => {
    expect(await press('en', '{ArrowRight}')).toHaveBeenCalledWith('dark');
  });
  it('turns the arrow keys around in a language that runs right to left', async () => {
    expect(await press('ar', '{ArrowRight}')).toHaveBeenCalledWith('system');
  });
});
