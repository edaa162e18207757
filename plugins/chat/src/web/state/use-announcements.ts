import type { Message } from '@parley/contracts';
import { useHost, type WebHost } from '@parley/web';
import type { RunPhase, RunView } from '@parley/web/runs';
import { useEffect } from 'react';
import { messages } from '../messages.ts';

const STILL_EVERY_MS = 20_000;
const START_LENGTH = 200;

/** The phase of an answer in words. */
export function phaseText(run: RunView | undefined, toolName: string | undefined): string {
  if (!run) return messages.connecting;
  if (run.connection === 'waiting') return messages.reconnecting;
  const texts: Record<RunPhase, string> = {
    connecting: messages.connecting,
    thinking: messages.thinking,
    writing: messages.writing,
    tool: messages.usingTool(toolName ?? messages.tool),
    approval: messages.needsApproval,
    done: '',
  };
  return texts[run.phase];
}

/** The first words of an answer, without reasoning. */
export function startOf(message: Message): string {
  const text = message.parts.map((part) => (part.type === 'text' && 'text' in part ? part.text : '')).join(' ');
  return text.slice(0, START_LENGTH);
}

/** Tells screen readers what an answer is doing: each change of phase, and every 20 s that it still goes on. */
export function useAnnouncements(text: string, isRunning: boolean): void {
  const host = useHost();
  useEffect(() => {
    if (isRunning && text !== '') host.announce(text);
  }, [host, text, isRunning]);
  useEffect(() => {
    if (!isRunning) return undefined;
    let seconds = 0;
    const timer = setInterval(() => {
      seconds += STILL_EVERY_MS / 1_000;
      host.announce(messages.saidStill(seconds));
    }, STILL_EVERY_MS);
    return () => clearInterval(timer);
  }, [host, isRunning]);
}

/** Says how an answer ended. */
export function announceEnd(host: Pick<WebHost, 'announce'>, message: Message): void {
  if (message.state === 'complete') host.announce(messages.saidDone(startOf(message)));
  else if (message.state === 'stopped') host.announce(messages.saidStopped);
  else host.announce(messages.saidFailed(message.error?.detail ?? messages.interrupted), 'assertive');
}
