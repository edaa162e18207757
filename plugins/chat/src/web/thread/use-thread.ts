import type { Message } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract, useHost } from '@parley/web';
import { useSearchParams } from '@parley/web/router';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useAtomValue } from 'jotai';
import { type RefObject, useState } from 'react';
import type { ComposerHandle } from '../composer/composer.tsx';
import type { ThreadActions } from '../message/message-context.ts';
import { textOf } from '../message/text-of.ts';
import { messages as words } from '../messages.ts';
import { useAskOptions } from '../state/ask-options.ts';
import { outboxAtom } from '../state/atoms.ts';
import { NEW_CHAT } from '../state/drafts.ts';
import { afterAnswer, enqueue, takeNext } from '../state/turn-queue.ts';
import { announceEnd } from '../state/use-announcements.ts';
import { useAnswerEnds } from '../state/use-answer-ends.ts';
import { useLiveRuns } from '../state/use-live-runs.ts';
import { useDrafts } from '../state/use-drafts.ts';
import { useMessages, usePutMessage } from '../state/use-messages.ts';
import { useModel, useRememberModel } from '../state/use-model.ts';
import { useQueue } from '../state/use-queue.ts';
import { type Turn, useSend } from '../state/use-send.ts';
import { useStableActions } from './use-stable-actions.ts';
import type { ThreadViewHandle } from './thread-view.tsx';
import { useEntries } from './use-entries.ts';

const NONE: readonly Message[] = [];

/** What is said, to which model, and with what it is asked. */
type SaidTurn = Omit<Turn, 'parentId'>;

/** Everything a thread does: what it shows, and what can be asked of it. */
export function useThread(
  conversationId: string,
  view: RefObject<ThreadViewHandle | null>,
  composer: RefObject<ComposerHandle | null>,
) {
  const host = useHost();
  const chat = useContract(chatContract);
  const conversations = useContract(conversationsContract);
  const [search, setSearch] = useSearchParams();
  const [editingId, setEditingId] = useState<string>();
  const outbox = useAtomValue(outboxAtom(host));
  const [queue, setQueue] = useQueue(conversationId);
  const read = useMessages(conversationId);
  const choice = useModel(conversationId);
  const optionsFor = useAskOptions(conversationId, choice.models);
  const rememberModel = useRememberModel();
  const sending = useSend();
  const putMessage = usePutMessage();
  const drafts = useDrafts();
  const all = read.messages ?? NONE;
  const isStored = !outbox.some((item) => item.request.newConversationId === conversationId && item.state !== 'sent');
  const conversation = useQuery({ ...conversations.queries.get.options({ id: conversationId }), enabled: isStored });
  const remember = useMutation(conversations.queries.update.mutation());
  const stop = useMutation(chat.queries.abort.mutation());
  const model = choice.model?.id ?? '';

  const showLeaf = (leafId: string) => {
    setSearch((params) => (params.set('leaf', leafId), params), { replace: true, preventScrollReset: true });
  };
  const say = (turn: SaidTurn, parentId: string | undefined, onBusy?: () => void) => {
    const { text } = turn;
    const onAccepted = () => drafts.settle(conversationId, text);
    rememberModel(conversationId, turn.model);
    const promptId = sending.say(conversationId, { ...turn, parentId }, { onAccepted, onBusy });
    view.current?.goToEnd();
    return promptId;
  };
  const wait = (turn: SaidTurn, isUrgent = false) => {
    setQueue((waiting) => enqueue(waiting, { ...turn, id: host.newId(), isUrgent }));
    drafts.settle(conversationId, turn.text);
    host.announce(words.saidQueued);
  };
  /** Says what comes next; where another tab was quicker, it waits for that answer. */
  const sayNext = ({ text, model: id, options }: SaidTurn, parentId: string | undefined) => {
    const turn = { text, model: id, options };
    say(turn, parentId, () => wait(turn));
  };
  const turnOf = (text: string): SaidTurn => ({ text, model, options: optionsFor(model) });
  const { lost, followAgain } = useLiveRuns(all, ({ message, prompt }) =>
    putMessage(...(prompt ? [prompt] : []), message),
  );
  useAnswerEnds(all, (answer) => {
    announceEnd(host, answer);
    const outcome = answer.state === 'complete' ? 'success' : answer.state === 'stopped' ? 'stopped' : 'failed';
    const waiting = afterAnswer(queue, outcome);
    const { next, rest } = takeNext(waiting);
    const goesOn = next !== undefined && !waiting.pausedBy;
    setQueue(goesOn ? rest : waiting);
    if (goesOn) sayNext(next, answer.id);
  });
  const sought = search.get('m') ?? undefined;
  const leafId = search.get('leaf') ?? sought ?? conversation.data?.leafId;
  const entries = useEntries({ messages: all, leafId, editingId, outbox, lost });
  const last = entries.at(-1);
  const isRunning = last?.message.state === 'running' && last.item?.state !== 'failed' && !last.lost;
  const runId = isRunning ? last.message.runId : undefined;

  const actions: ThreadActions = useStableActions<ThreadActions>({
    showVersion(messageId) {
      view.current?.hold();
      showLeaf(messageId);
      remember.mutate({ id: conversationId, leafId: messageId });
    },
    answerAgain(answer, otherModel) {
      const id = otherModel ?? (model || (answer.model ?? ''));
      if (answer.parentId !== undefined) showLeaf(answer.parentId);
      sending.answerAgain(answer, id, optionsFor(id));
      rememberModel(conversationId, id);
      view.current?.goToEnd();
      // The button that was pressed goes with the answer it stood under.
      composer.current?.focus();
    },
    askAnew(answer) {
      const prompt = all.find(({ id }) => id === answer.parentId);
      if (prompt) drafts.set(NEW_CHAT, textOf(prompt));
      host.navigate('/');
    },
    edit: setEditingId,
    saveEdit(prompt, text) {
      setEditingId(undefined);
      showLeaf(say(turnOf(text), prompt.parentId));
    },
    sendAgain(item, otherModel) {
      const text = item.request.parts?.map((part) => ('text' in part ? part.text : '')).join('') ?? '';
      const place = item.request.newConversationId === undefined ? conversationId : NEW_CHAT;
      const id = otherModel ?? model;
      if (otherModel !== undefined) rememberModel(conversationId, otherModel);
      sending.sendAgain(item, id, optionsFor(id), () => drafts.settle(place, text));
    },
    discard(item) {
      sending.discard(item);
      // The conversation never came to be; its text waits as the draft of a new one.
      if (item.request.newConversationId !== undefined) host.navigate('/');
    },
    followAgain,
  });
  const submit = (text: string, isUrgent = false) => {
    if (isRunning) {
      wait(turnOf(text), isUrgent);
      if (isUrgent && runId !== undefined) stop.mutate({ runId });
      return;
    }
    sayNext(turnOf(text), entries.findLast(({ item }) => item?.state !== 'failed')?.message.id);
  };
  const sendNext = () => {
    const { next, rest } = takeNext(queue);
    if (!next) return;
    setQueue(rest);
    sayNext(next, last?.message.id);
  };
  return {
    queue,
    setQueue,
    conversation,
    read,
    entries,
    sought,
    actions,
    choice,
    isRunning,
    isStopping: stop.isPending,
    canStop: runId !== undefined,
    submit,
    sendNext,
    stop: () => {
      if (runId !== undefined) stop.mutate({ runId });
    },
    editLast: () => setEditingId(entries.findLast(({ message }) => message.role === 'user')?.message.id),
  };
}
