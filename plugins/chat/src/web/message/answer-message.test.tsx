import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '@parley/contracts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exchange, ids } from '../fixtures/fake-server.ts';
import { showThread } from '../fixtures/show-thread.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const show = (answer: Parameters<typeof exchange>[0]) =>
  showThread((server) => {
    server.messages = exchange(answer);
  });
const text = (words: string) => ({ type: 'text' as const, text: words });
const source = (title: string, url?: string, quote?: string) => ({
  type: 'citation' as const,
  title,
  ...(url ? { url } : {}),
  ...(quote ? { quote } : {}),
});

describe('an answer', () => {
  it('says what was converted or left out where that happened', async () => {
    show({
      parts: [text('Before.'), text('After.')],
      notices: [{ level: 'warning', text: 'A picture was left out.', place: 1 }],
    });
    const notice = await screen.findByText('A picture was left out.');
    const order = (one: Element, other: Element) => one.compareDocumentPosition(other);
    expect(order(await screen.findByText('Before.'), notice)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(order(notice, await screen.findByText('After.'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('numbers its sources, each with what it says, and lists them', async () => {
    show({
      parts: [
        text('Herons wait.'),
        source('Patience', 'https://www.birds.example.org/a', 'They stand.'),
        source('notes.pdf'),
      ],
    });
    await userEvent.click(await screen.findByRole('button', { name: /^Source 1 birds\.example\.org Patience/ }));
    const panel = within(await screen.findByRole('dialog', { name: 'Source 1' }));
    expect([panel.getByRole('link').getAttribute('href'), panel.getByText('birds.example.org')]).toHaveLength(2);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: '2 sources' }));
    expect(screen.getByText('They stand.')).toBeTruthy();
    expect(screen.getByText('notes.pdf')).toBeTruthy();
  });

  it('tells what it took, and all of it when asked', async () => {
    const usage = { inputTokens: 1_800, cachedInputTokens: 1_200, outputTokens: 420, reasoningTokens: 300 };
    show({ usage: { ...usage, costUsd: 0.0063 } });
    await userEvent.click(await screen.findByRole('button', { name: /2\.2k tokens · \$0\.0063/i }));
    const panel = await screen.findByRole('dialog', { name: 'What this answer took' });
    expect(panel.textContent).toMatch(/from the cache1,200.*reasoning300.*Cost\$0\.0063/);
  });

  it('names the model that answered, and the one that was asked for', async () => {
    show({ model: 'demo/echo', wanted: 'demo/guide' });
    expect(await screen.findByText(/· asked for Guide/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Echo said' })).toBeTruthy();
  });

  it('is written again by another model', async () => {
    const { server } = show({});
    await userEvent.click(await screen.findByRole('button', { name: 'Write the answer again with another model' }));
    await userEvent.click(await screen.findByRole('option', { name: /Echo/ }));
    await waitFor(() =>
      expect(server.seen.find(({ path }) => path === '/api/agents/chat')?.body).toMatchObject({
        retryOf: ids.answer,
        model: 'demo/echo',
      }),
    );
  });
});

describe('an answer that failed', () => {
  const fail = (code: string, details?: Record<string, unknown>, createdAt = new Date().toISOString()) => {
    const error: Problem = {
      type: '',
      title: 'No',
      status: 503,
      detail: 'Because.',
      code,
      ...(details ? { details } : {}),
    };
    return show({ state: 'failed', parts: [], error, createdAt });
  };
  const ways = async () => {
    const alerts = await screen.findAllByRole('alert');
    const alert = within(alerts.find(({ textContent }) => textContent.includes('Because.')) ?? document.body);
    return [...alert.queryAllByRole('link'), ...alert.queryAllByRole('button')].map((way) => way.textContent);
  };

  it.each([
    ['MODEL_UNAVAILABLE', 'The provider could not be reached', ['Retry', 'Another model']],
    ['MODEL_TIMEOUT', 'The provider took too long', ['Retry', 'Another model']],
    ['MODEL_CONTEXT_TOO_LONG', 'The conversation is too long for this model', ['Another model', 'Ask in a new chat']],
    ['MODEL_CONTENT_POLICY', 'The provider declined to answer', ['Edit the message', 'Another model', 'Retry']],
    ['MODEL_QUOTA', 'The account at the provider is used up', ['Another model', 'Retry']],
    ['SOMETHING_ELSE', 'The answer broke off', ['Retry', 'Another model']],
  ])('with %s offers what helps', async (code, title, steps) => {
    fail(code);
    expect(await screen.findByText(title)).toBeTruthy();
    expect(await ways()).toEqual(steps);
  });

  it('leads to the key that is missing', async () => {
    showThread((server) => {
      const error: Problem = { type: '', title: 'No', status: 428, detail: 'Because.', code: 'MODEL_NEEDS_KEY' };
      server.messages = exchange({ state: 'failed', parts: [], error, model: 'vault/m' });
      server.providers = [{ key: 'vault', title: 'Vault', demo: false, state: 'needs-key', keyFrom: 'user' }];
    });
    const link = await screen.findByRole('link', { name: 'Add your key' });
    expect(link.getAttribute('href')).toBe('/settings/keys');
  });

  it('counts down until the provider may be asked again', async () => {
    fail('MODEL_RATE_LIMIT', { retryAfterSeconds: 60 });
    const wait = await screen.findByRole('button', { name: /^Retry in (60|5\d) s$/ });
    expect((wait as HTMLButtonElement).disabled).toBe(true);
  });

  it('may be tried again once that time has passed', async () => {
    const { server } = fail('MODEL_RATE_LIMIT', { retryAfterSeconds: 60 }, new Date(Date.now() - 61_000).toISOString());
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(server.seen.some(({ path }) => path === '/api/agents/chat')).toBe(true));
  });

  it('takes its question to a conversation of its own', async () => {
    fail('MODEL_CONTEXT_TOO_LONG');
    await userEvent.click(await screen.findByRole('button', { name: 'Ask in a new chat' }));
    const drafts = Array.from({ length: localStorage.length }, (_, at) =>
      localStorage.getItem(localStorage.key(at) ?? ''),
    );
    expect(drafts).toContain('Move the job off cron');
  });
});
