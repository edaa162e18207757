import type { Message, Run } from '@parley/contracts';
import type { RunReceipt } from '@parley/plugin-chat/contract';
import type { Sent } from './ledger.ts';
import { textOfMessage } from './text.ts';

/** What the audit asks of a person's server. */
export interface Witness {
  /** All messages of a conversation; none when there is no such conversation. */
  messagesOf(conversationId: string): Promise<readonly Message[]>;
  /** Sends a request once more. */
  sendAgain(request: Sent['request']): Promise<RunReceipt>;
  /** Waits until a run is final. */
  ended(runId: string, timeoutMs: number): Promise<Run>;
}

/** What a server has made of what was sent. Each message counts once, however often it is looked for. */
export interface Findings {
  /** Acknowledged and not there. */
  readonly lost: ReadonlySet<string>;
  /** There more than once, or taken for a new one when it was sent again. */
  readonly doubled: ReadonlySet<string>;
  /** Answers that never reached an end. */
  readonly stuck: ReadonlySet<string>;
  /** In words, one for each of the above. */
  readonly problems: readonly string[];
}

/** Compares what a server acknowledged with what it has. */
export interface Audit {
  readonly findings: Findings;
  /** Looks for each acknowledged message in its conversation: it must stand there once, with its answer. */
  look(sent: readonly Sent[]): Promise<void>;
  /**
   * Looks, then sends everything once more with the keys it had: what was acknowledged must give the run it gave then,
   * what had no reply is taken now. Every run must end, and then each message must be there once.
   */
  repeat(sent: readonly Sent[]): Promise<void>;
}

const ABREAST = 8;
const END_LIMIT_MS = 15_000;

/** Does `work` for all of them, a few at a time. */
export async function eachAbreast<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  const worker = async (): Promise<void> => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(ABREAST, all.length) }, worker));
}

/** An audit that has found nothing yet. */
export function createAudit(witness: Witness): Audit {
  const lost = new Set<string>();
  const doubled = new Set<string>();
  const stuck = new Set<string>();
  const problems: string[] = [];
  const note = (kind: Set<string>, { text }: Sent, problem: string): void => {
    if (kind.has(text)) return;
    kind.add(text);
    problems.push(`"${text}" ${problem}`);
  };

  const lookAt = (sent: Sent, { userMessageId, messageId }: RunReceipt, messages: readonly Message[]): void => {
    const prompts = messages.filter((message) => message.role === 'user' && textOfMessage(message) === sent.text);
    const answers = messages.filter(({ id }) => id === messageId);
    if (!prompts.some(({ id }) => id === userMessageId) || answers.length === 0)
      note(lost, sent, `was acknowledged; there are ${prompts.length} such prompts and ${answers.length} answers`);
    if (prompts.length > 1 || answers.length > 1)
      note(doubled, sent, `is there as ${prompts.map(({ id }) => id).join(', ')}`);
  };
  const look = async (sent: readonly Sent[]): Promise<void> => {
    const known = sent.filter(({ receipt }) => receipt !== undefined);
    const byConversation = Map.groupBy(known, ({ receipt }) => receipt?.conversationId ?? '');
    await eachAbreast([...byConversation], async ([conversationId, own]) => {
      const messages = await witness.messagesOf(conversationId);
      for (const one of own) if (one.receipt) lookAt(one, one.receipt, messages);
    });
  };

  return {
    findings: { lost, doubled, stuck, problems },
    look,
    async repeat(sent) {
      // First: a message that was lost would be there again after it was sent again.
      await look(sent);
      const again: Sent[] = [];
      await eachAbreast(sent, async (one) => {
        try {
          const receipt = await witness.sendAgain(one.request);
          again.push({ ...one, receipt });
          const { runId = receipt.runId } = one.receipt ?? {};
          if (runId !== receipt.runId && !lost.has(one.text))
            note(doubled, one, `was run ${runId} and is run ${receipt.runId} when it is sent again`);
        } catch (error) {
          note(one.receipt ? lost : stuck, one, `is refused when it is sent again: ${String(error)}`);
        }
      });
      await eachAbreast(again, async (one) => {
        const runId = one.receipt?.runId ?? '';
        await witness
          .ended(runId, END_LIMIT_MS)
          .catch((error: unknown) => note(stuck, one, `did not end: ${String(error)}`));
      });
      await look(again);
    },
  };
}
