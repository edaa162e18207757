import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PasswordField, TextField } from './index.ts';

afterEach(cleanup);

const textOf = (ids: string | null) =>
  ids
    ?.split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .join(' ');

describe('TextField', () => {
  it('links its hint and its error to the input', () => {
    render(<TextField label="Email" description="For sign-in." errorMessage="It needs a domain." />);
    const input = screen.getByRole('textbox', { name: 'Email' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(textOf(input.getAttribute('aria-describedby'))).toContain('It needs a domain.');
    expect(textOf(input.getAttribute('aria-describedby'))).toContain('For sign-in.');
  });

  it('is named by a label that is out of sight', () => {
    render(<TextField label="Search" isLabelHidden />);
    expect(screen.getByRole('textbox', { name: 'Search' })).toBeTruthy();
  });

  it('keeps code left to right and unchecked', () => {
    render(<TextField label="Key" isCode />);
    const input = screen.getByRole('textbox');
    expect(input.dir).toBe('ltr');
    expect(input.getAttribute('spellcheck')).toBe('false');
  });

  it('takes several lines', () => {
    render(<TextField label="Text" rows={4} />);
    expect(screen.getByRole('textbox').tagName).toBe('TEXTAREA');
  });
});

describe('PasswordField', () => {
  it('shows and hides its text', async () => {
    const user = userEvent.setup();
    render(<PasswordField label="Password" defaultValue="secret" />);
    const input = screen.getByLabelText<HTMLInputElement>('Password');
    expect(input.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show password' }));
    expect(input.type).toBe('text');
    await user.click(screen.getByRole('button', { name: 'Hide password' }));
    expect(input.type).toBe('password');
  });
});
