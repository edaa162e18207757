import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ErrorState } from './error-state.tsx';

afterEach(cleanup);

describe('ErrorState', () => {
  it('says what and why, and copies the trace id', async () => {
    const user = userEvent.setup();
    render(<ErrorState title="Not loaded" cause="The server answered 503." traceId="4bf9" />);
    expect(screen.getByRole('alert').textContent).toContain('The server answered 503.');
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe('4bf9');
  });

  it('retries, but not twice at a time', async () => {
    const user = userEvent.setup();
    const onRetry = jest.fn();
    const { rerender } = render(<ErrorState title="Not loaded" onRetry={onRetry} />);
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    rerender(<ErrorState title="Not loaded" onRetry={onRetry} isRetrying />);
    await user.click(screen.getByRole('button', { name: /Retry/ }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('offers nothing that it was not given', () => {
    render(<ErrorState title="Not loaded" />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
