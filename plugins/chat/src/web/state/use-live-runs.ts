import type { Message, MessageState, RunState } from '@parley/contracts';
import { chatContract } from '@parley/plugin-chat/contract';
import { conversationsContract } from '@parley/plugin-conversations/contract';
import { useContract } from '@parley/web';
import { type RunOutcome, useRunStore } from '@parley/web/runs';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';

/** An answer that has come to its end, with the message it became. */
export interface FinishedAnswer {
  readonly message: Message;
  /** Prompt and answer as this tab knows them, for what was read before they were stored. */
  readonly prompt: Message | undefined;
}

/** Runs that can not be followed any more, with the reason where there is one. */
export type LostRuns = ReadonlyMap<string, unknown>;

/** Follows every running answer of the thread while it is shown. */
export function useLiveRuns(messages: readonly Message[], onFinished: (answer: FinishedAnswer) => void) {
  const store = useRunStore();
  const { client } = useContract(chatContract);
  const { queries } = useContract(conversationsContract);
  const queryClient = useQueryClient();
  const held = useRef(new Map<string, () => void>());
  const [lost, setLost] = useState<LostRuns>(new Map());
  const [round, setRound] = useState(0);
  const running = messages.flatMap(({ state, runId }) => (state === 'running' && runId !== undefined ? [runId] : []));
  const key = [round, ...running].join(' ');

  const finish = useEffectEvent((outcome: RunOutcome) => {
    const { runId } = outcome.run;
    const message = messages.find((candidate) => candidate.runId === runId);
    if (!message) return;
    if (outcome.kind === 'lost') {
      setLost((known) => new Map(known).set(runId, outcome.error));
      void queryClient.invalidateQueries({
        queryKey: queries.messages.key({ conversationId: message.conversationId }),
      });
      return;
    }
    const prompt = messages.find(({ id }) => id === message.parentId);
    onFinished({ message: toFinalMessage(message, outcome), prompt });
  });
  const attach = useEffectEvent((runId: string) => {
    const release = store.attach(runId, {
      open: (call) => client.stream({ streamId: runId }, call),
      onOutcome: finish,
    });
    held.current.set(runId, release);
  });

  useEffect(() => {
    const wanted = new Set(key.split(' ').slice(1));
    for (const [runId, release] of held.current) {
      if (wanted.has(runId)) continue;
      held.current.delete(runId);
      release();
    }
    for (const runId of wanted) if (!held.current.has(runId)) attach(runId);
  }, [key]);
  useEffect(() => {
    const releases = held.current;
    return () => {
      for (const release of releases.values()) release();
      releases.clear();
    };
  }, []);

  const followAgain = useCallback((runId: string) => {
    setLost((known) => new Map([...known].filter(([id]) => id !== runId)));
    held.current.get(runId)?.();
    held.current.delete(runId);
    setRound((count) => count + 1);
  }, []);
  return { lost, followAgain };
}

const STATES: Partial<Record<RunState, MessageState>> = {
  completed: 'complete',
  failed: 'failed',
  stopped: 'stopped',
  interrupted: 'interrupted',
};

function toFinalMessage(message: Message, outcome: Extract<RunOutcome, { kind: 'final' }>): Message {
  const { run, parts } = outcome;
  return {
    ...message,
    parts: [...parts],
    state: STATES[run.state] ?? 'complete',
    ...(run.model === undefined ? {} : { model: run.model }),
    ...(run.model === undefined || run.model === message.model ? {} : { wanted: message.model }),
    ...(run.usage ? { usage: run.usage } : {}),
    ...(run.notices.length > 0 ? { notices: [...run.notices] } : {}),
    ...(run.error ? { error: run.error } : {}),
  };
}
