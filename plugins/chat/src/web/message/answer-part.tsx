import type { Message, Part } from '@parley/contracts';
import { Markdown } from '@parley/ui/markdown';
import { useRunPart } from '@parley/web/runs';
import { memo } from 'react';
import styles from './answer-part.module.css';
import { FileLine } from './file-line.tsx';
import { PluginPartContent } from './plugin-part.tsx';
import { ReasoningBlock } from './reasoning-block.tsx';
import { type NodeKind, SpineStep } from './spine-step.tsx';
import { Sources } from './sources.tsx';
import { ToolCallBlock } from './tool-call-block.tsx';
import { isCitation } from './use-citations.ts';

interface AnswerPartProps {
  readonly message: Message;
  readonly index: number;
  /** The run to read from while the answer is written. */
  readonly runId: string | undefined;
  /** Nothing comes after it yet, and something will. */
  readonly isLive: boolean;
}

/** One part of an answer on the spine, live or stored; the same element in both cases, so that the end does not flicker. */
export const AnswerPart = memo(function AnswerPart({ message, index, runId, isLive }: AnswerPartProps) {
  const view = useRunPart(runId, index);
  const part = view?.part ?? message.parts[index];
  const before = useRunPart(runId, index - 1)?.part ?? message.parts[index - 1];
  if (!part) return undefined;
  if (isCitation(part)) {
    // The first of several stands for all of them.
    if (isCitation(before)) return undefined;
    return (
      <SpineStep kind="source">
        <Sources message={message} runId={runId} index={index} />
      </SpineStep>
    );
  }
  return (
    <SpineStep kind={kindOf(part)} isLive={isLive}>
      <PartContent part={part} message={message} isOpen={view?.isOpen ?? false} startedAtMs={view?.startedAtMs} />
    </SpineStep>
  );
});

interface PartContentProps {
  readonly part: Part;
  readonly message: Message;
  readonly isOpen: boolean;
  readonly startedAtMs: number | undefined;
}

function PartContent({ part, message, isOpen, startedAtMs }: PartContentProps) {
  if (part.type === 'text' && 'text' in part) {
    return (
      <div className={styles.prose} dir="auto">
        <Markdown text={part.text} streaming={isOpen} />
      </div>
    );
  }
  if (part.type === 'reasoning' && 'text' in part) {
    const durationMs = 'durationMs' in part ? part.durationMs : undefined;
    return <ReasoningBlock text={part.text} isOpen={isOpen} startedAtMs={startedAtMs} durationMs={durationMs} />;
  }
  if (part.type === 'tool-call' && 'callId' in part) return <ToolCallBlock part={part} />;
  if (part.type === 'file' && 'file' in part) return <FileLine file={part.file} />;
  return <PluginPartContent part={part} message={message} streaming={isOpen} />;
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  text: 'answer',
  reasoning: 'reasoning',
  'tool-call': 'tool',
};
const kindOf = (part: Part): NodeKind => KINDS[part.type] ?? 'source';
