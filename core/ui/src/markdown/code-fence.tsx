import { useContext } from 'react';
import { CodeBlock } from '../code-block/code-block.tsx';
import { MarkdownContext, type MarkdownFence } from './markdown-context.ts';

/** A fenced block: what the host draws for its language, or the kit's code block. */
export function CodeFence(fence: MarkdownFence) {
  const { renderers } = useContext(MarkdownContext);
  const language = fence.language.toLowerCase();
  return (
    renderers.fence?.({ ...fence, language }) ?? (
      <CodeBlock language={language} code={fence.code} isClosed={fence.isClosed} />
    )
  );
}
