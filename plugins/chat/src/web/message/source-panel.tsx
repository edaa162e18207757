import type { CitationPart } from '@parley/contracts';
import type { RefObject } from 'react';
import { FloatingPanel } from '../floating/floating-panel.tsx';
import { messages } from '../messages.ts';
import { SourceEntry } from './source-entry.tsx';

interface SourcePanelProps {
  readonly source: CitationPart;
  readonly number: number;
  readonly trigger: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** What stands behind the number of a source. */
export function SourcePanel({ source, number, trigger, onClose }: SourcePanelProps) {
  return (
    <FloatingPanel label={messages.sourceNumber(number)} trigger={trigger} placement="bottom start" onClose={onClose}>
      <SourceEntry source={source} number={number} />
    </FloatingPanel>
  );
}
