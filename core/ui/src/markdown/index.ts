export { Markdown, type MarkdownProps } from './markdown.tsx';
export type { MarkdownFence, MarkdownRenderers } from './markdown-context.ts';
