import { Markdown } from '@parley/ui/markdown';
import { useEffect, useState } from 'react';
import { proseSample, rightToLeftSample } from './prose-sample.ts';

const CHARACTERS_PER_TICK = 24;
const TICK_MS = 40;

/** A markdown text, whole and as it arrives. */
export function ProseSection() {
  const [length, setLength] = useState(0);
  const isStreaming = length < proseSample.length;
  useEffect(() => {
    if (!isStreaming || !location.search.includes('stream')) return undefined;
    const timer = setInterval(() => setLength((before) => before + CHARACTERS_PER_TICK), TICK_MS);
    return () => clearInterval(timer);
  }, [isStreaming]);
  return (
    <>
      <Markdown text={proseSample} />
      <Markdown text={rightToLeftSample} />
      <div data-streaming={isStreaming}>
        <Markdown text={proseSample.slice(0, length)} streaming={isStreaming} />
      </div>
    </>
  );
}
