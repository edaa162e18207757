import { describe, expect, it } from '@jest/globals';
import type { Message, Run } from '@parley/contracts';
import type { RunReceipt } from '@parley/plugin-chat/contract';
import { createAudit } from './audit.ts';
import type { Witness } from './audit.ts';
import { newRequest } from './ledger.ts';
import type { Sent } from './ledger.ts';
import { textOfParts } from './text.ts';

const CONVERSATION = 'conversation';
const AT = '2026-01-01T00:00:00.000Z';

const receiptOf = (name: string): RunReceipt => ({
  streamId: `run-${name}`,
  runId: `run-${name}`,
  conversationId: CONVERSATION,
  userMessageId: `prompt-${name}`,
  messageId: `answer-${name}`,
  replayed: false,
});
const acknowledged = (name: string): Sent => ({ request: newRequest(name), text: name, receipt: receiptOf(name) });
const message = (id: string, role: 'user' | 'assistant', text: string): Message => ({
  id,
  conversationId: CONVERSATION,
  role,
  parts: [{ type: 'text', text }],
  state: 'complete',
  createdAt: AT,
});
const turn = (name: string): Message[] => [
  message(`prompt-${name}`, 'user', name),
  message(`answer-${name}`, 'assistant', 'yes'),
];

/** A server that holds these messages and ends all runs but those named. */
const witness = (
  messages: Message[],
  { stuck = [] as string[], takes = (name: string) => receiptOf(name) } = {},
): Witness => ({
  messagesOf: () => Promise.resolve(messages),
  sendAgain: ({ parts }) => Promise.resolve(takes(textOfParts(parts))),
  ended: (runId) =>
    stuck.includes(runId) ? Promise.reject(new Error('still running')) : Promise.resolve({ id: runId } as Run),
});

describe('createAudit', () => {
  it('finds nothing where everything is there once', async () => {
    const audit = createAudit(witness([...turn('a'), ...turn('b')]));
    await audit.repeat([acknowledged('a'), acknowledged('b')]);
    expect(audit.findings.problems).toEqual([]);
  });

  it('finds an acknowledged message that is not there, once', async () => {
    const audit = createAudit(witness(turn('a')));
    await audit.repeat([acknowledged('a'), acknowledged('b')]);
    await audit.look([acknowledged('b')]);
    expect([...audit.findings.lost]).toEqual(['b']);
    expect(audit.findings.problems).toHaveLength(1);
  });

  it('finds a lost message that comes back when it is sent again', async () => {
    const messages: Message[] = [];
    const takes = (name: string) => {
      messages.push(...turn(name));
      return receiptOf(name);
    };
    const audit = createAudit(witness(messages, { takes }));
    await audit.repeat([acknowledged('a')]);
    expect([...audit.findings.lost]).toEqual(['a']);
  });

  it('finds a prompt whose answer is missing', async () => {
    const audit = createAudit(witness(turn('a').slice(0, 1)));
    await audit.look([acknowledged('a')]);
    expect([...audit.findings.lost]).toEqual(['a']);
  });

  it('finds a message that is there twice', async () => {
    const audit = createAudit(witness([...turn('a'), message('other', 'user', 'a')]));
    await audit.look([acknowledged('a')]);
    expect([...audit.findings.doubled]).toEqual(['a']);
    expect([...audit.findings.lost]).toEqual([]);
  });

  it('finds a key that gives another run when it is used again', async () => {
    const takes = (name: string) => ({ ...receiptOf(name), runId: 'another' });
    const audit = createAudit(witness(turn('a'), { takes }));
    await audit.repeat([acknowledged('a')]);
    expect([...audit.findings.doubled]).toEqual(['a']);
  });

  it('finds an answer that does not end', async () => {
    const audit = createAudit(witness(turn('a'), { stuck: ['run-a'] }));
    await audit.repeat([acknowledged('a')]);
    expect([...audit.findings.stuck]).toEqual(['a']);
  });

  it('takes a message without a reply as it turns out', async () => {
    const messages: Message[] = [];
    const takes = (name: string) => {
      messages.push(...turn(name));
      return receiptOf(name);
    };
    const audit = createAudit(witness(messages, { takes }));
    const { request, text } = acknowledged('a');
    await audit.repeat([{ request, text }]);
    expect(audit.findings.problems).toEqual([]);
  });
});
