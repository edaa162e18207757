/** Runs: answers that stream, resume and survive. */
export { chatErrors } from './errors.ts';
export { chatAdmit, chatPrompt, chatRoute, chatStream, runFinished, runTrace } from './hooks.ts';
export type { FinishedRun, Prompt, Route, RunTracer, StreamOpening, StreamPart } from './hooks.ts';
export { chatContract, RunReceipt, SendMessage } from './operations.ts';
export {
  composerAction,
  messageAction,
  messagePart,
  modelBadge,
  modelPickerSection,
  threadBanner,
  threadHeaderAction,
  threadPanel,
} from './slots.ts';
