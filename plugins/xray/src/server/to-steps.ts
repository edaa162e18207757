import type { ModelTrace, StreamTrace, TapTrace, TraceEntry } from '@parley/contracts';
import type { ModelStep, Step, StreamStep, TapStep } from '../contract/index.ts';
import { describeChanges, toText } from './describe-changes.ts';

const CHARACTERS_PER_TOKEN = 4;

/** How much longer a value became. Units: tokens, estimated. */
const addedTokens = (before: unknown, after: unknown): number =>
  Math.round(((JSON.stringify(after) ?? '').length - (JSON.stringify(before) ?? '').length) / CHARACTERS_PER_TOKEN);

const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;

function spanOf({ startedAtMs, durationMs, error }: TraceEntry, beginMs: number) {
  return {
    offsetMs: round(startedAtMs - beginMs),
    durationMs: round(durationMs),
    ...(error === undefined ? {} : { error }),
  };
}

function toTap(entry: TapTrace, beginMs: number): TapStep {
  const { hook, pluginId, outcome, input, output } = entry;
  const described = () => {
    if (outcome === 'changed') return describeChanges(input, output);
    if (outcome === 'answered' || outcome === 'denied') return describeChanges(undefined, output);
    return { changes: [], isCut: false };
  };
  const { changes, isCut } = described();
  const tokens = outcome === 'changed' ? addedTokens(input, output) : 0;
  return { kind: 'tap', ...spanOf(entry, beginMs), hook, pluginId, outcome, changes: [...changes], tokens, isCut };
}

/** A part as a reader would see it. */
const partText = (part: unknown): string =>
  typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
    ? part.text
    : toText(part ?? '');

function toStream(entry: StreamTrace, beginMs: number): StreamStep {
  const { hook, pluginId, partsIn, partsOut, changedParts, changed } = entry;
  const samples = changed.map(({ input, output }) => ({
    before: partText(input),
    after: output.map(partText).join(''),
  }));
  const counts = { partsIn, partsOut, changedParts, samples };
  return { kind: 'stream', ...spanOf(entry, beginMs), hook, pluginId, ...counts };
}

function toModel(entry: ModelTrace, beginMs: number): ModelStep {
  const { model, firstEventMs } = entry;
  const { messages, tools, parameters } = entry.request as {
    readonly messages: readonly unknown[];
    readonly tools: readonly { readonly name: string }[];
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  return {
    kind: 'model',
    ...spanOf(entry, beginMs),
    model,
    ...(firstEventMs === undefined ? {} : { firstEventMs: round(firstEventMs) }),
    messages: messages.length,
    tools: tools.map(({ name }) => name),
    parameters: Object.keys(parameters),
  };
}

function toStep(entry: TraceEntry, beginMs: number): Step {
  if (entry.kind === 'tap') return toTap(entry, beginMs);
  return entry.kind === 'stream' ? toStream(entry, beginMs) : toModel(entry, beginMs);
}

/** Streams open before the model is asked, and do their work on what it says. */
const isStream = ({ kind }: TraceEntry): number => (kind === 'stream' ? 1 : 0);

/** What was noted of an answer, in the order in which it met the question, the model and the answer. */
export function toSteps(entries: readonly TraceEntry[]): Step[] {
  const sorted = entries.toSorted((a, b) => isStream(a) - isStream(b) || a.startedAtMs - b.startedAtMs);
  const beginMs = Math.min(...entries.map(({ startedAtMs }) => startedAtMs));
  return sorted.map((entry) => toStep(entry, beginMs));
}
