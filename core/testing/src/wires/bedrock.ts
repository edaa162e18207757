import * as z from 'zod';
import { base64, repeated, spoken, wireCheck } from './wire-check.ts';

const toolUseId = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const source = z.strictObject({ bytes: base64 });
const block = z.union([
  z.strictObject({ text: spoken }),
  z.strictObject({ image: z.strictObject({ format: z.enum(['png', 'jpeg', 'gif', 'webp']), source }) }),
  z.strictObject({
    document: z.looseObject({ name: z.string().regex(/^[\w\s()[\]-]{1,200}$/), source: z.looseObject({}) }),
  }),
  z.strictObject({ cachePoint: z.looseObject({ type: z.literal('default') }) }),
  z.strictObject({ toolUse: z.strictObject({ toolUseId, name, input: z.record(z.string(), z.unknown()) }) }),
  z.strictObject({
    toolResult: z.strictObject({
      toolUseId,
      content: z.array(z.union([z.strictObject({ text: z.string() }), z.strictObject({ json: z.unknown() })])).min(1),
      status: z.enum(['success', 'error']).optional(),
    }),
  }),
  z.strictObject({
    reasoningContent: z.union([
      z.strictObject({ reasoningText: z.strictObject({ text: z.string(), signature: z.string().optional() }) }),
      z.strictObject({ redactedContent: base64 }),
    ]),
  }),
]);
const Body = z.looseObject({
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) })).min(1),
  toolConfig: z.looseObject({ tools: z.array(z.looseObject({})).min(1) }).optional(),
});
type Turn = z.output<typeof Body>['messages'][number];

const usesOf = ({ content }: Turn) => content.flatMap((each) => ('toolUse' in each ? [each.toolUse.toolUseId] : []));
const resultsOf = ({ content }: Turn) =>
  content.flatMap((each) => ('toolResult' in each ? [each.toolResult.toolUseId] : []));

/** Requests of Converse of Amazon Bedrock. */
export const checkBedrockConverse = wireCheck(Body, function* check({ messages, toolConfig }, { opaque }) {
  if (messages[0]?.role !== 'user') yield 'messages: a conversation must start with a user message';
  for (const [index, turn] of messages.entries()) {
    const before = messages[index - 1];
    if (before?.role === turn.role) yield `messages.${index}: roles must alternate`;
    const asked = before ? usesOf(before) : [];
    const given = resultsOf(turn);
    yield* repeated(`messages.${index}: result of`, given);
    if (asked.toSorted().join() !== given.toSorted().join()) {
      yield `messages.${index}: results of ${given.join()} for uses of ${asked.join()}`;
    }
    for (const each of turn.content) {
      const thought = 'reasoningContent' in each ? each.reasoningContent : undefined;
      const sign = thought && 'reasoningText' in thought ? thought.reasoningText.signature : undefined;
      if (sign !== undefined && !opaque.has(sign)) yield `messages.${index}: signature is not of this server`;
    }
  }
  const uses = messages.flatMap(usesOf);
  yield* repeated('toolUse', uses);
  if (uses.length > 0 && !toolConfig) yield 'toolConfig: must be defined when using toolUse and toolResult';
});
