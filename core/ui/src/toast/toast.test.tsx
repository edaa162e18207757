import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createToasts, ToastRegion } from './index.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

const pass = (timeMs: number) => act(() => jest.advanceTimersByTime(timeMs));
const open = () => {
  const toasts = createToasts();
  render(<ToastRegion toasts={toasts} />);
  return toasts;
};

describe('createToasts', () => {
  it('shows a toast in a landmark', () => {
    const toasts = open();
    act(() => void toasts.show({ title: 'Archived', description: 'One conversation' }));
    expect(screen.getByRole('region').textContent).toContain('Archived');
    expect(screen.getByRole('alertdialog', { name: 'Archived' })).toBeTruthy();
  });

  it('takes it away in time, and tells', () => {
    const toasts = open();
    const onClose = jest.fn();
    act(() => void toasts.show({ title: 'Archived' }, { timeoutMs: 8_000, onClose }));
    pass(7_999);
    expect(screen.getByText('Archived')).toBeTruthy();
    pass(1);
    expect(screen.queryByText('Archived')).toBeNull();
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('gives nobody less than five seconds to read', () => {
    const toasts = open();
    act(() => void toasts.show({ title: 'Short' }, { timeoutMs: 10 }));
    pass(4_999);
    expect(screen.getByText('Short')).toBeTruthy();
  });

  it('keeps a toast without a time limit until it is closed', () => {
    const toasts = open();
    act(() => void toasts.show({ title: 'Approve', tone: 'signal' }, { timeoutMs: 0 }));
    pass(600_000);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('Approve')).toBeNull();
  });

  it('does what its action says, once, and goes', () => {
    const toasts = open();
    const onAction = jest.fn();
    act(() => void toasts.show({ title: 'Archived', action: { label: 'Undo', onAction } }));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(onAction).toHaveBeenCalledTimes(1);
    expect(screen.queryByText('Archived')).toBeNull();
  });
});
