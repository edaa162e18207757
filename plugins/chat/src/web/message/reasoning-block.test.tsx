import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { lastThought } from './last-thought.ts';
import { ReasoningBlock } from './reasoning-block.tsx';

afterEach(cleanup);
const text = 'First I look. Then I *decide*.';

describe('ReasoningBlock', () => {
  it('is one line with the time and the latest thought, and nothing more in the page', () => {
    const { container } = render(<ReasoningBlock text={text} isOpen={false} durationMs={8_200} />);
    const button = screen.getByRole('button', { name: /Reasoned for 8 s.*Then I decide\./ });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    expect(container.textContent).not.toContain('First I look');
  });

  it('opens and closes by keyboard', async () => {
    render(<ReasoningBlock text={text} isOpen={false} durationMs={8_200} />);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText(/First I look/)).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByText(/First I look/)).toBeNull();
  });

  it('has nothing to open where the provider hides the thought', () => {
    render(<ReasoningBlock text="" isOpen={false} durationMs={0} />);
    expect(screen.getByText('Reasoned, out of sight')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says that it goes on, with the time after 3 s', () => {
    render(<ReasoningBlock text="Hm" isOpen startedAtMs={Date.now() - 5_000} />);
    expect(screen.getByRole('button', { name: /Thinking · 5 s/ })).toBeTruthy();
  });
});

describe('lastThought', () => {
  it('takes the last sentence or line without its markup', () => {
    expect([lastThought('One. Two?'), lastThought('- a\n- **b**'), lastThought('')]).toEqual(['Two?', '- b', '']);
  });

  it('is never longer than a line', () => {
    expect(lastThought('word '.repeat(200)).length).toBeLessThan(170);
  });
});
