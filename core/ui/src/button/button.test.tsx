import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Button } from './button.tsx';

afterEach(cleanup);

const danglingNames = () =>
  [...document.querySelectorAll('[aria-labelledby]')].filter((element) =>
    element
      .getAttribute('aria-labelledby')
      ?.split(' ')
      .some((id) => !document.getElementById(id)),
  );

const showFocused = () => {
  const onPress = jest.fn();
  const onSubmit = jest.fn((event: Event) => event.preventDefault());
  const view = (isPending: boolean) => (
    <form onSubmit={(event) => onSubmit(event.nativeEvent)}>
      <Button type="submit" isPending={isPending} onPress={onPress}>
        Save
      </Button>
    </form>
  );
  const { rerender, unmount } = render(view(false));
  const button = screen.getByRole('button', { name: 'Save' });
  act(() => button.focus());
  return { button, onPress, onSubmit, unmount, setPending: (isPending: boolean) => rerender(view(isPending)) };
};

describe('a pending button', () => {
  it('keeps its focus and its name, and does nothing', () => {
    const { button, onPress, onSubmit, setPending } = showFocused();
    setPending(true);
    fireEvent.click(button);
    expect(screen.getByRole('button', { name: 'Save' })).toBe(document.activeElement);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(onPress).not.toHaveBeenCalled();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('says that it works, in a place that was there before', () => {
    const { setPending } = showFocused();
    const status = screen.getByRole('status');
    expect(status.textContent).toBe('');
    setPending(true);
    expect(screen.getByRole('status')).toBe(status);
    expect(status.textContent).toBe('Loading');
  });

  it('works again afterwards', () => {
    const { button, onPress, setPending } = showFocused();
    setPending(true);
    setPending(false);
    fireEvent.click(button);
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing behind that is named by it when it goes', () => {
    const { setPending, unmount } = showFocused();
    setPending(true);
    unmount();
    expect(danglingNames()).toEqual([]);
  });
});
