import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { CopyButton } from './copy-button.tsx';

const setClipboard = (value: unknown) => Object.defineProperty(navigator, 'clipboard', { value, configurable: true });
afterEach(cleanup);

const press = () => {
  render(<CopyButton text={() => 'the text'} />);
  const button = screen.getByRole('button', { name: 'Copy' });
  act(() => button.focus());
  return act(async () => {
    fireEvent.click(button);
  });
};

describe('CopyButton', () => {
  it('copies what the text is at the moment of the press, and says so', async () => {
    const writeText = jest.fn<(text: string) => Promise<void>>().mockResolvedValue(undefined);
    setClipboard({ writeText });
    await press();
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(writeText).toHaveBeenCalledWith('the text');
  });

  it('copies without a clipboard API, and keeps the focus', async () => {
    setClipboard(undefined);
    let copied = '';
    document.execCommand = () => {
      copied = (document.activeElement as HTMLTextAreaElement).value;
      return true;
    };
    await press();
    expect(await screen.findByRole('button', { name: 'Copied' })).toBe(document.activeElement);
    expect(copied).toBe('the text');
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('does not say that it copied when it could not', async () => {
    setClipboard({ writeText: () => Promise.reject(new Error('denied')) });
    const asked = Promise.withResolvers<void>();
    document.execCommand = () => {
      asked.resolve();
      return false;
    };
    await press();
    await asked.promise;
    expect(screen.queryByRole('button', { name: 'Copied' })).toBeNull();
  });
});
