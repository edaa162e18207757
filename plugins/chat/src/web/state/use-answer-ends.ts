import type { Message } from '@parley/contracts';
import { useEffect, useEffectEvent, useRef } from 'react';

/** Calls back once for each answer that was seen running and now is not, however this tab learned of it. */
export function useAnswerEnds(messages: readonly Message[], onEnd: (answer: Message) => void): void {
  const running = useRef(new Set<string>());
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    for (const message of messages) {
      if (message.runId === undefined) continue;
      if (message.state === 'running') running.current.add(message.runId);
      else if (running.current.delete(message.runId)) end(message);
    }
  }, [messages]);
}
