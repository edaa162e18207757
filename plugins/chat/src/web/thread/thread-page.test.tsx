import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunEvent } from '@parley/contracts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exchange, type FakeServer, ids } from '../fixtures/fake-server.ts';
import { showThread } from '../fixtures/show-thread.tsx';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(cleanup);

const start: RunEvent = {
  type: 'run-start',
  seq: 1,
  runId: ids.run,
  conversationId: ids.conversation,
  messageId: ids.answer,
  userMessageId: ids.prompt,
  model: 'demo/guide',
};
const textStart: RunEvent = { type: 'part-start', seq: 2, index: 0, part: { type: 'text', text: '' } };
const delta = (seq: number, text: string): RunEvent => ({ type: 'part-delta', seq, index: 0, text });
const end = (seq: number, state: 'completed' | 'stopped' | 'failed'): RunEvent => ({ type: 'run-end', seq, state });
const posts = (server: FakeServer) => server.seen.filter(({ path }) => path === '/api/agents/chat');
const box = () => screen.findByRole('textbox', { name: 'Message' });
const drafts = () =>
  Array.from({ length: localStorage.length }, (_, at) => localStorage.getItem(localStorage.key(at) ?? ''));
const running = (server: FakeServer) => {
  server.messages = exchange({ state: 'running', parts: [], runId: ids.run });
};

describe('a message sent before the models are known', () => {
  const sendEarly = async () => {
    const known = Promise.withResolvers<void>();
    const { server } = showThread((made) => {
      made.messages = exchange();
      made.modelsAreKnown = known.promise;
    });
    await userEvent.type(await box(), 'Early{Enter}');
    return { server, know: known.resolve };
  };

  it('goes as soon as they are', async () => {
    const { server, know } = await sendEarly();
    expect(posts(server)).toEqual([]);
    know();
    await waitFor(() => expect(posts(server).map(({ body }) => body['model'])).toEqual(['demo/guide']));
  });

  it('stays in the box when it is changed meanwhile', async () => {
    const { server, know } = await sendEarly();
    await userEvent.type(await box(), ' and late');
    know();
    await screen.findByRole('button', { name: /^Model: Guide|^Model/ });
    expect([posts(server), ((await box()) as HTMLTextAreaElement).value]).toEqual([[], 'Early and late']);
  });
});

describe('a thread at rest', () => {
  it('shows who said what', async () => {
    showThread((server) => {
      server.messages = exchange();
    });
    expect(await screen.findByRole('heading', { name: 'You said' })).toBeTruthy();
    expect(await screen.findByRole('heading', { name: 'Guide said' })).toBeTruthy();
    expect(screen.getByText('It becomes a consumer.')).toBeTruthy();
  });

  it('is a log that interrupts nobody', async () => {
    showThread((server) => {
      server.messages = exchange();
    });
    const log = await screen.findByRole('log', { name: 'Conversation' });
    expect([log.getAttribute('aria-live'), log.getAttribute('aria-busy')]).toEqual(['off', 'false']);
  });

  it('folds a long prompt and opens it when asked', async () => {
    const long = `${'word '.repeat(600)}end`;
    showThread((server) => {
      server.messages = exchange().map((message, at) =>
        at === 0 ? { ...message, parts: [{ type: 'text', text: long }] } : message,
      );
    });
    const button = await screen.findByRole('button', { name: 'Show all' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(button);
    expect(screen.getByRole('button', { name: 'Show less' }).getAttribute('aria-expanded')).toBe('true');
  });

  it('says why an answer broke off, with the id to ask about and a way on', async () => {
    const error = {
      type: '',
      title: 'Bad',
      status: 502,
      detail: 'The provider hung up',
      code: 'X',
      requestId: 'req-7',
    };
    showThread((server) => {
      server.messages = exchange({ state: 'failed', error });
    });
    const alert = await screen.findByText('The provider hung up');
    expect(alert).toBeTruthy();
    expect(screen.getByText('req-7')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy();
  });

  it('sends nothing before it knows what a message would follow', async () => {
    const { server } = showThread((fake) => {
      fake.isBroken = true;
    });
    await userEvent.type(await box(), 'Hello{Enter}');
    expect(((await box()) as HTMLTextAreaElement).value).toBe('Hello');
    expect(posts(server)).toHaveLength(0);
  });

  it('keeps what was written before an interruption', async () => {
    showThread((server) => {
      server.messages = exchange({ state: 'interrupted' });
    });
    expect(await screen.findByText('The answer was interrupted')).toBeTruthy();
    expect(screen.getByText('It becomes a consumer.')).toBeTruthy();
  });

  it('writes an answer again as a sibling', async () => {
    const { server } = showThread((fake) => {
      fake.messages = exchange();
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Write the answer again' }));
    await waitFor(() => expect(posts(server)[0]?.body).toMatchObject({ retryOf: ids.answer, model: 'demo/guide' }));
  });

  it('steps through versions and remembers the one that is shown', async () => {
    const other = { ...exchange()[1], id: ids.run, parts: [{ type: 'text', text: 'Second try.' }] };
    const { server } = showThread((fake) => {
      fake.messages = [...exchange(), other as never];
    });
    expect(await screen.findByText('Second try.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Previous version' }));
    expect(await screen.findByText('It becomes a consumer.')).toBeTruthy();
    await waitFor(() =>
      expect(server.seen).toContainEqual(
        expect.objectContaining({ method: 'PATCH', body: { leafId: ids.answer } }) as never,
      ),
    );
  });

  it('edits a prompt into a branch beside it', async () => {
    const { server } = showThread((fake) => {
      fake.messages = exchange();
    });
    await userEvent.type(await box(), '{ArrowUp}');
    const editor = await screen.findByRole('textbox', { name: 'Edit the message' });
    await userEvent.clear(editor);
    await userEvent.type(editor, 'Use a queue{Control>}{Enter}{/Control}');
    await waitFor(() => expect(posts(server)[0]?.body['parts']).toEqual([{ type: 'text', text: 'Use a queue' }]));
    expect(posts(server)[0]?.body['parentId']).toBeUndefined();
  });
});

describe('a thread that is being answered', () => {
  it('shows the prompt before the server has it, then the answer as it is written', async () => {
    const { server } = showThread();
    await userEvent.type(await box(), 'Hello{Enter}');
    expect(await screen.findByText('Hello')).toBeTruthy();
    server.push(start, textStart, delta(3, 'Good '), delta(4, 'day'));
    expect(await screen.findByText('Good day')).toBeTruthy();
    expect(screen.getByRole('log').getAttribute('aria-busy')).toBe('true');
  });

  it('attaches to a running answer after a reload and shows all of it', async () => {
    showThread((server) => {
      running(server);
      server.push(start, textStart, delta(3, 'All of '), delta(4, 'it'));
    });
    expect(await screen.findByText('All of it')).toBeTruthy();
  });

  it('goes on where a cut connection ended, without a lost or doubled character', async () => {
    const { server } = showThread((fake) => {
      running(fake);
      fake.push(start, textStart, delta(3, 'one '));
    });
    await screen.findByText('one');
    server.cut();
    server.push(delta(4, 'two '), delta(5, 'three'));
    expect(await screen.findByText('one two three')).toBeTruthy();
  });

  it('keeps the same element when the answer is done, and frees the run', async () => {
    const { server, store } = showThread((fake) => {
      running(fake);
      fake.push(start, textStart, delta(3, 'steady'));
    });
    const text = await screen.findByText('steady');
    server.push(end(4, 'completed'));
    await waitFor(() => expect(screen.getByRole('log').getAttribute('aria-busy')).toBe('false'));
    expect(screen.getByText('steady')).toBe(text);
    await waitFor(() => expect(store.getRun(ids.run)).toBeUndefined());
  });

  it('stops by button and by Escape', async () => {
    const { server } = showThread((fake) => {
      running(fake);
      fake.push(start, textStart, delta(3, 'x'));
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Stop' }));
    await userEvent.type(await box(), '{Escape}');
    const aborts = () => server.seen.filter(({ path }) => path === `/api/agents/chat/${ids.run}/abort`);
    await waitFor(() => expect(aborts()).toHaveLength(2));
  });
});

describe('messages that wait', () => {
  const queueOne = async () => {
    const shown = showThread((server) => {
      running(server);
      server.push(start, textStart, delta(3, 'x'));
    });
    await screen.findByRole('button', { name: 'Stop' });
    await userEvent.type(await box(), 'And then?{Enter}');
    const queue = await screen.findByRole('region', { name: 'Waiting messages' });
    return { ...shown, queue };
  };

  it('waits with Enter while an answer is running, and sends nothing yet', async () => {
    const { server, queue } = await queueOne();
    expect(within(queue).getByText('And then?')).toBeTruthy();
    expect(posts(server)).toHaveLength(0);
  });

  it('goes out after the answer, below it', async () => {
    const { server } = await queueOne();
    server.push(end(4, 'completed'));
    await waitFor(() => expect(posts(server)[0]?.body['parentId']).toBe(ids.answer));
    expect(screen.queryByRole('region', { name: 'Waiting messages' })).toBeNull();
  });

  it('pauses after a stop and says so, until it is sent by hand', async () => {
    const { server } = await queueOne();
    server.push(end(4, 'stopped'));
    expect(await screen.findByText('Paused, because you stopped the answer.')).toBeTruthy();
    expect(posts(server)).toHaveLength(0);
    await userEvent.click(screen.getByRole('button', { name: 'Send now' }));
    await waitFor(() => expect(posts(server)).toHaveLength(1));
  });

  it('is still there after a reload of the page', async () => {
    const { view } = await queueOne();
    view.unmount();
    showThread(running);
    const queue = await screen.findByRole('region', { name: 'Waiting messages' });
    expect(within(queue).getByText('And then?')).toBeTruthy();
  });

  it('waits too when another tab asked first', async () => {
    const { server } = showThread((fake) => {
      fake.messages = exchange();
      fake.sendFailure = { status: 409, code: 'CHAT_RUN_ACTIVE', detail: 'This branch already has a running answer' };
    });
    await userEvent.type(await box(), 'And mine?{Enter}');
    const queue = await screen.findByRole('region', { name: 'Waiting messages' });
    expect(within(queue).getByText('And mine?')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Send now' }));
    await waitFor(() => expect(posts(server)).toHaveLength(2));
  });

  it('can be taken back into the box', async () => {
    await queueOne();
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    expect(((await box()) as HTMLTextAreaElement).value).toBe('And then?');
    expect(screen.queryByRole('region', { name: 'Waiting messages' })).toBeNull();
  });
});

describe('a message that can not be sent', () => {
  it('is sent again as the same request when nobody knows what became of it', async () => {
    const { server } = showThread((fake) => {
      fake.sendFailure = 'offline';
    });
    await userEvent.type(await box(), 'Hello{Enter}');
    expect(await screen.findByText('Your message was not sent')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(posts(server)).toHaveLength(2));
    expect(posts(server)[1]).toEqual(posts(server)[0]);
  });

  it('is a new request after a refusal', async () => {
    const { server } = showThread((fake) => {
      fake.sendFailure = { status: 422, code: 'MODELS_UNKNOWN', detail: 'No such model' };
    });
    await userEvent.type(await box(), 'Hello{Enter}');
    expect(await screen.findByText('No such model')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(posts(server)).toHaveLength(2));
    expect(posts(server)[1]?.key).not.toBe(posts(server)[0]?.key);
  });

  it('keeps its text as the draft until the server has it', async () => {
    const { server } = showThread((fake) => {
      fake.sendFailure = 'offline';
    });
    await userEvent.type(await box(), 'Hello{Enter}');
    await screen.findByText('Your message was not sent');
    const kept = drafts().includes('Hello');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(posts(server)).toHaveLength(2));
    await waitFor(() => expect(drafts()).not.toContain('Hello'));
    expect(kept).toBe(true);
  });
});
