import { afterEach, describe, expect, it } from '@jest/globals';
import { createTestShell } from '@parley/web/testing';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Xray } from '../contract/index.ts';
import XrayView from './xray-view.tsx';

const ID = '01900000-0000-7000-8000-000000000001';
const xray: Xray = {
  runId: ID,
  messageId: ID,
  conversationId: ID,
  model: 'demo/guide',
  state: 'completed',
  at: '2026-01-01T00:00:00.000Z',
  usage: { inputTokens: 1_200, outputTokens: 34, costUsd: 0.0123 },
  isCut: false,
  steps: [
    {
      kind: 'tap',
      hook: 'chat.prompt',
      pluginId: 'brief',
      outcome: 'changed',
      offsetMs: 0,
      durationMs: 1.5,
      changes: [{ path: 'system', before: 'Be kind.', after: 'Be brief.' }],
      tokens: 12,
      isCut: false,
    },
    {
      kind: 'model',
      model: 'demo/guide',
      offsetMs: 2,
      durationMs: 2_400,
      firstEventMs: 320,
      messages: 3,
      tools: [],
      parameters: [],
    },
    {
      kind: 'stream',
      hook: 'chat.stream',
      pluginId: 'loud',
      offsetMs: 0,
      durationMs: 0.4,
      partsIn: 12,
      partsOut: 12,
      changedParts: 2,
      samples: [{ before: 'hello', after: 'HELLO' }],
    },
  ],
};

function show(reply: () => Response) {
  const { Shell } = createTestShell({ fetch: async () => reply() });
  render(<XrayView messageId={ID} />, { wrapper: Shell });
}

afterEach(cleanup);

describe('the X-ray of an answer', () => {
  it('lists the steps in order, with who, what and how long', async () => {
    show(() => Response.json(xray));
    const steps = within(await screen.findByRole('list', { name: 'Steps, in order' })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual([
      expect.stringContaining('briefChanged it1.5 ms'),
      expect.stringContaining('The model2.4 s'),
      expect.stringContaining('loudChanged it0.4 ms'),
    ]);
  });

  it('shows what was changed when asked', async () => {
    show(() => Response.json(xray));
    await userEvent.click(await screen.findByText('system'));
    expect(screen.getByText('Be brief.')).toBeTruthy();
  });

  it('says how much longer a plugin made the prompt', async () => {
    show(() => Response.json(xray));
    expect(await screen.findByText('What the model is asked · about 12 tokens more')).toBeTruthy();
  });

  it('says what the answer cost', async () => {
    show(() => Response.json(xray));
    expect(await screen.findByText('$0.0123')).toBeTruthy();
    expect(screen.getByText('1,200 in, 34 out')).toBeTruthy();
  });

  it('says so when nothing was noted', async () => {
    show(() =>
      Response.json(
        { type: 'about:blank', title: 'Not found', status: 404, code: 'XRAY_NOT_FOUND', detail: 'none' },
        { status: 404, headers: { 'content-type': 'application/problem+json' } },
      ),
    );
    expect(await screen.findByText(/Nothing was noted/)).toBeTruthy();
  });

  it('says so when no plugin touched the answer', async () => {
    show(() => Response.json({ ...xray, steps: xray.steps.filter(({ kind }) => kind === 'model') }));
    expect(await screen.findByText(/No plugin touched this answer/)).toBeTruthy();
  });
});
