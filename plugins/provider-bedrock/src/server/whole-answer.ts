import type { ContentBlock, ConverseCommandOutput, ReasoningContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { modelErrors } from '@parley/contracts';
import type { ModelEvent } from '@parley/contracts';
import type { MadeFile } from '@parley/provider';
import { endAnswer } from './answer-end.ts';
import type { AnswerFacts } from './answer-end.ts';
import { toCitation } from './citations.ts';
import { isForUs } from './grounding.ts';
import { toMadeImage } from './made-image.ts';
import { familyOf } from './model-id.ts';
import { digestOf, keepThought } from './thought.ts';
import type { KeptThought } from './thought.ts';

type Events = (ModelEvent | MadeFile)[];

const words = (text: string | undefined): ModelEvent[] => (text ? [{ type: 'text', text }] : []);

function toThought({ reasoningText, redactedContent }: ReasoningContentBlock, family: string): ModelEvent[] {
  const kept = (data: KeptThought) => ({ opaque: keepThought(family, data) });
  if (redactedContent) {
    return [
      {
        type: 'reasoning',
        text: '',
        ...kept({ redactedContent: Buffer.from(redactedContent).toString('base64') }),
      },
    ];
  }
  const { text = '', signature } = reasoningText ?? {};
  if (text === '' && signature === undefined) return [];
  return [
    {
      type: 'reasoning',
      text,
      ...(signature === undefined ? {} : kept({ signature, digest: digestOf(text) })),
    },
  ];
}

function toEvents({ text, toolUse, reasoningContent, citationsContent, image }: ContentBlock, family: string): Events {
  if (text !== undefined) return words(text);
  if (reasoningContent) return toThought(reasoningContent, family);
  if (toolUse && isForUs(toolUse)) {
    const { toolUseId = '', name = '', input = {} } = toolUse;
    return [{ type: 'tool-call', callId: toolUseId, name, input }];
  }
  if (citationsContent) {
    const said = (citationsContent.content ?? []).map((piece) => piece.text ?? '').join('');
    return [...words(said), ...(citationsContent.citations ?? []).map(toCitation)];
  }
  const bytes = image?.source?.bytes;
  return bytes ? [toMadeImage(image.format ?? 'png', bytes)] : [];
}

/** The model events of an answer that came in one piece, from a model that does not stream. */
export function* toWholeAnswer(
  { output, stopReason, usage, trace }: ConverseCommandOutput,
  facts: AnswerFacts,
): Generator<ModelEvent | MadeFile> {
  if (stopReason === undefined) {
    throw modelErrors.UNAVAILABLE({ provider: facts.provider, reason: 'the answer has no end' });
  }
  const family = familyOf(facts.model);
  for (const block of output?.message?.content ?? []) yield* toEvents(block, family);
  yield* endAnswer({ stopReason, usage, guardrail: trace?.guardrail }, facts);
}
