import * as z from 'zod';
import { isJson, repeated, spoken, wireCheck } from './wire-check.ts';

const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const callId = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const content = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('input_text'), text: spoken }),
  z.strictObject({
    type: z.literal('input_image'),
    detail: z.string(),
    image_url: z.string().startsWith('data:image/'),
  }),
  z.strictObject({ type: z.literal('input_file'), filename: z.string(), file_data: z.string().startsWith('data:') }),
]);
const asked = z.strictObject({
  type: z.literal('message').optional(),
  role: z.enum(['system', 'developer', 'user']),
  content: z.union([spoken, z.array(content).min(1)]),
});
const said = z.strictObject({
  type: z.literal('message').optional(),
  role: z.literal('assistant'),
  content: spoken,
  phase: z.enum(['commentary', 'final_answer']).optional(),
});
const thought = z.looseObject({
  type: z.literal('reasoning'),
  id: z.string().startsWith('rs_'),
  summary: z.array(z.strictObject({ type: z.literal('summary_text'), text: z.string() })),
  encrypted_content: z.string().min(1),
});
const call = z.strictObject({ type: z.literal('function_call'), call_id: callId, name, arguments: isJson });
const output = z.strictObject({ type: z.literal('function_call_output'), call_id: callId, output: z.string() });
const Body = z.looseObject({
  model: z.string().min(1),
  stream: z.literal(true),
  store: z.literal(false).optional(),
  input: z.array(z.union([asked, said, thought, call, output])).min(1),
});

/** Requests of the Responses API of OpenAI. */
export const checkOpenAiResponses = wireCheck(Body, function* check({ input }, { opaque }) {
  const called = new Set<string>();
  const given: string[] = [];
  for (const [index, item] of input.entries()) {
    if ('role' in item) continue;
    if (item.type === 'reasoning') {
      if (!opaque.has(item.encrypted_content)) yield `input.${index}: encrypted_content is not of this server`;
      const next = input[index + 1];
      const isFollowed =
        next &&
        (('role' in next && next.role === 'assistant') || next.type === 'function_call' || next.type === 'reasoning');
      if (!isFollowed) yield `input.${index}: reasoning was provided without its required following item`;
    } else if (item.type === 'function_call') {
      if (called.has(item.call_id)) yield `input.${index}: call ${item.call_id} is there twice`;
      called.add(item.call_id);
    } else {
      if (!called.has(item.call_id)) yield `input.${index}: no tool call found for output ${item.call_id}`;
      given.push(item.call_id);
    }
  }
  yield* repeated('output of', given);
  for (const id of called) if (!given.includes(id)) yield `input: no tool output found for call ${id}`;
});
