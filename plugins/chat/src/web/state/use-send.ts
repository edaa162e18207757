import { isAppError, type Message, type Part } from '@parley/contracts';
import { chatContract, chatErrors } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useQueryClient } from '@tanstack/react-query';
import { useStore } from 'jotai';
import { useMemo } from 'react';
import { messages } from '../messages.ts';
import type { AskOptions } from './asked-with.ts';
import { outboxAtom } from './atoms.ts';
import { changeItem, type OutboxItem, type SendRequest, withoutItem } from './outbox.ts';

/** What a person says, and where. */
export interface Turn {
  readonly text: string;
  readonly model: string;
  /** With what the model is asked. */
  readonly options: AskOptions;
  /** The message this one follows. */
  readonly parentId?: string | undefined;
}

/** What comes of a request to say something. */
export interface SendOutcome {
  /** The server has it. */
  readonly onAccepted: () => void;
  /** Nothing was said, since another tab or device asks there right now. Without it this is a failure like others. */
  readonly onBusy?: (() => void) | undefined;
}

/** Ways to ask for an answer. Each shows its effect at once; failures stand in the thread with a way on. */
export interface Sending {
  /** Says something in a conversation; returns the id of the prompt. */
  readonly say: (conversationId: string, turn: Turn, outcome: SendOutcome) => string;
  /** Begins a conversation; returns its id. */
  readonly begin: (turn: Turn, onAccepted: () => void) => string;
  /** Writes an answer again, as a sibling. */
  readonly answerAgain: (answer: Message, model: string, options: AskOptions) => void;
  /** Tries a failed request again. */
  readonly sendAgain: (item: OutboxItem, model: string, options: AskOptions, onAccepted: () => void) => void;
  /** Forgets a failed request. */
  readonly discard: (item: OutboxItem) => void;
}

/** How to ask for answers. */
export function useSend(): Sending {
  const host = useHost();
  const store = useStore();
  const queryClient = useQueryClient();
  const { client } = useContract(chatContract);
  const { queries } = useContract(conversationsContract);
  return useMemo(() => {
    const outbox = outboxAtom(host);
    const post = async (item: OutboxItem, { onAccepted, onBusy }: Partial<SendOutcome> = {}) => {
      const key = item.request.idempotencyKey;
      store.set(outbox, (items) => [...withoutItem(items, key), item]);
      try {
        const receipt = await client.send(item.request);
        store.set(outbox, (items) => changeItem(items, key, { state: 'sent', receipt }));
        onAccepted?.();
        void queryClient.invalidateQueries({ queryKey: queries.list.key() });
      } catch (error) {
        if (onBusy && isAppError(error, chatErrors.RUN_ACTIVE.code)) {
          store.set(outbox, (items) => withoutItem(items, key));
          onBusy();
          return;
        }
        store.set(outbox, (items) => changeItem(items, key, { state: 'failed', error }));
        host.announce(`${messages.notSent}. ${error instanceof Error ? error.message : ''}`, 'assertive');
      }
    };
    const start = (request: SendRequest, conversationId: string, promptId: string, outcome?: Partial<SendOutcome>) => {
      host.announce(messages.saidSent);
      const createdAt = new Date().toISOString();
      void post({ request, conversationId, promptId, createdAt, state: 'sending' }, outcome);
    };
    const promptOf = ({ text, model, options, parentId }: Turn, messageId: string) => ({
      idempotencyKey: host.newId(),
      messageId,
      model,
      ...toFields(options),
      parts: [{ type: 'text', text }] satisfies Part[],
      ...(parentId === undefined ? {} : { parentId }),
    });
    return {
      say(conversationId, turn, outcome) {
        const messageId = host.newId();
        start({ ...promptOf(turn, messageId), conversationId }, conversationId, messageId, outcome);
        return messageId;
      },
      begin(turn, onAccepted) {
        const newConversationId = host.newId();
        const messageId = host.newId();
        start({ ...promptOf(turn, messageId), newConversationId }, newConversationId, messageId, { onAccepted });
        return newConversationId;
      },
      answerAgain({ id, conversationId, parentId = '' }, model, options) {
        const idempotencyKey = host.newId();
        const request = { idempotencyKey, conversationId, retryOf: id, model, ...toFields(options) };
        start(request, conversationId, parentId);
      },
      sendAgain(item, model, options, onAccepted) {
        store.set(outbox, (items) => withoutItem(items, item.request.idempotencyKey));
        // Where it is unknown whether the server took the request, only the same one is safe.
        const request = wasRefused(item.error)
          ? { ...item.request, idempotencyKey: host.newId(), model, ...toFields(options) }
          : item.request;
        void post({ ...item, request, state: 'sending', error: undefined }, { onAccepted });
      },
      discard: (item) => store.set(outbox, (items) => withoutItem(items, item.request.idempotencyKey)),
    } satisfies Sending;
  }, [host, store, queryClient, client, queries]);
}

const wasRefused = (error: unknown): boolean => isAppError(error) && error.status >= 400 && error.status < 500;

const toFields = ({ parameters, builtInTools }: AskOptions) => ({
  parameters: { ...parameters },
  builtInTools: [...builtInTools],
});
