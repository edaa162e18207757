import type { Client, Message, Part, RunEvent } from '@parley/contracts';
import type { chatWire } from './chat-wire.ts';

/** How a message is sent. */
export interface ChatOptions {
  /** `provider/model`; the scripted model of the host without it. */
  readonly model?: string;
  /** The turn it follows; a new conversation without it. */
  readonly after?: Pick<TurnResult, 'conversationId' | 'message'>;
}

/** A turn that is over: the answer as it is stored. */
export interface TurnResult {
  /** The words of the answer: its text parts joined. */
  readonly text: string;
  readonly parts: readonly Part[];
  readonly message: Message;
  readonly events: readonly RunEvent[];
  readonly conversationId: string;
}

/** One message and its answer. Awaiting it waits for the end, whatever the end is. */
export interface Turn extends Promise<TurnResult> {
  text(): Promise<string>;
  parts(): Promise<readonly Part[]>;
  /** The events of the run from its first on, as they come. */
  events(): AsyncIterable<RunEvent>;
  /** Checks that the answer completed with these words. @throws with what came instead */
  expectText(expected: string | RegExp): Promise<TurnResult>;
  /** Presses Stop, and waits for the end. */
  stop(): Promise<TurnResult>;
}

type Wire = Client<(typeof chatWire)['operations']>;
type Receipt = Awaited<ReturnType<Wire['send']>>;

/** Sends `text` and follows the answer to its end. */
export function startTurn(signedIn: Promise<Wire>, text: string, model: string, { after }: ChatOptions): Turn {
  const sent = signedIn.then(async (wire) => ({
    wire,
    receipt: await wire.send({
      idempotencyKey: crypto.randomUUID(),
      model,
      parts: [{ type: 'text', text }],
      ...(after ? { conversationId: after.conversationId, parentId: after.message.id } : {}),
    }),
  }));
  async function* events(): AsyncGenerator<RunEvent> {
    const { wire, receipt } = await sent;
    for await (const { event } of wire.stream({ streamId: receipt.streamId })) {
      yield event;
      if (event.type === 'run-end') return;
    }
  }
  const result = finish(sent, events());
  // Who only calls `expectText` hears of a failure there.
  result.catch(() => undefined);
  return Object.assign(result, {
    events,
    text: () => result.then((turn) => turn.text),
    parts: () => result.then((turn) => turn.parts),
    expectText: (expected: string | RegExp) => result.then((turn) => checkText(turn, expected)),
    stop: async () => {
      const { wire, receipt } = await sent;
      await wire.abort({ runId: receipt.runId });
      return result;
    },
  });
}

async function finish(
  sent: Promise<{ readonly wire: Wire; readonly receipt: Receipt }>,
  events: AsyncIterable<RunEvent>,
): Promise<TurnResult> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  const { wire, receipt } = await sent;
  const { conversationId } = receipt;
  const message = await findMessage(wire, conversationId, receipt.messageId);
  const text = message.parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join('');
  return { text, parts: message.parts, message, events: seen, conversationId };
}

async function findMessage(wire: Wire, conversationId: string, id: string): Promise<Message> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await wire.messages({ conversationId, after });
    const found = items.find((message) => message.id === id);
    if (found) return found;
    if (next === undefined) throw new Error(`The run ended without its message ${id}`);
    after = next;
  }
}

function checkText(turn: TurnResult, expected: string | RegExp): TurnResult {
  const { text, message } = turn;
  const isExpected = typeof expected === 'string' ? text === expected : expected.test(text);
  if (message.state === 'complete' && isExpected) return turn;
  const reason = message.error ? ` (${message.error.code}: ${message.error.detail})` : '';
  const wanted = typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
  throw new Error(
    `Expected a complete answer with the text ${wanted}; it is ${message.state}${reason} with the text ${JSON.stringify(text)}`,
  );
}
