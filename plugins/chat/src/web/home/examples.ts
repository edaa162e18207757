/** A prompt that shows something, also when a demo model answers it. */
export interface Example {
  readonly title: string;
  readonly prompt: string;
}

/** Prompts of the new chat page. */
export const examples: readonly Example[] = [
  { title: 'Take the tour', prompt: 'Show me what Parley can do.' },
  { title: 'Write some code', prompt: 'Write a small piece of code and explain it.' },
  { title: 'Compare in a table', prompt: 'Compare three ways to stream an answer in a table.' },
  { title: 'Explain a formula', prompt: 'Explain a piece of math with formulas.' },
];
