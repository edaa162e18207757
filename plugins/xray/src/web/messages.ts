import type { TapStep } from '../contract/index.ts';

const outcomes: Readonly<Record<TapStep['outcome'], string>> = {
  ran: 'Ran',
  passed: 'Left it alone',
  changed: 'Changed it',
  answered: 'Answered',
  allowed: 'Allowed it',
  denied: 'Refused',
  failed: 'Failed',
};

const places: Readonly<Record<string, string>> = {
  'chat.admit': 'Before the message was accepted',
  'chat.prompt': 'What the model is asked',
  'chat.stream': 'What the model says',
};

/** Every text of the X-ray. */
export const messages = {
  open: 'How this answer was made',
  title: 'How this answer was made',
  loadFailed: 'The X-ray could not be loaded',
  notKept: 'Nothing was noted for this answer. Answers are noted as they are written, and kept for some days.',
  nobody: 'No plugin touched this answer: the question went to the model as it was, and came back as it was said.',
  cut: 'There were more steps than are kept.',
  model: 'Model',
  theModel: 'The model',
  modelAsked: (count: number) => (count === 1 ? 'Asked with 1 message' : `Asked with ${count} messages`),
  modelTools: (names: string) => `Tools it could use: ${names}`,
  firstWord: (time: string) => `began to answer after ${time}`,
  stream: (seen: string, changed: string) => `Saw ${seen} pieces, changed ${changed}`,
  firstChanges: 'The first pieces it changed',
  before: 'Before',
  after: 'After',
  added: 'Added',
  removed: 'Removed',
  nothing: 'nothing',
  tokensChange: (count: string, isMore: boolean) => `about ${count} tokens ${isMore ? 'more' : 'fewer'}`,
  moreChanges: 'More was changed than is kept.',
  time: 'Time',
  plugins: 'Plugins',
  tokens: 'Tokens',
  cost: 'Cost',
  unknown: 'not told',
  tokensValue: (input: string, output: string) => `${input} in, ${output} out`,
  outcome: (outcome: TapStep['outcome']) => outcomes[outcome],
  place: (hook: string) => places[hook] ?? hook,
  steps: 'Steps, in order',
  copy: 'Copy as JSON',
} as const;
