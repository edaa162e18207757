import * as z from 'zod';
import { isJson, objectSchema, repeated, spoken, wireCheck } from './wire-check.ts';

const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const text = z.strictObject({ type: z.literal('text'), text: spoken });
const image = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string().regex(/^(https?:|data:image\/)/), detail: z.string().optional() }),
});
const file = z.strictObject({
  type: z.literal('file'),
  file: z.strictObject({ filename: z.string(), file_data: z.string().startsWith('data:') }),
});
const call = z.strictObject({
  id: z.string().min(1).max(64),
  type: z.literal('function'),
  function: z.strictObject({ name, arguments: isJson }),
});
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer']), content: spoken }),
  z.strictObject({ role: z.literal('user'), content: z.union([spoken, z.array(z.union([text, image, file])).min(1)]) }),
  z.strictObject({
    role: z.literal('assistant'),
    content: spoken.nullable().optional(),
    tool_calls: z.array(call).min(1).optional(),
    reasoning_content: z.string().optional(),
    reasoning: z.string().optional(),
  }),
  z.strictObject({ role: z.literal('tool'), tool_call_id: z.string().min(1).max(64), content: z.string() }),
]);
const Body = z.looseObject({
  model: z.string().min(1),
  stream: z.literal(true),
  messages: z.array(message).min(1),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.looseObject({ name, parameters: objectSchema.optional() }),
      }),
    )
    .min(1)
    .optional(),
});

/** Requests of Chat Completions of OpenAI. */
export const checkOpenAiChat = wireCheck(Body, function* check({ messages }) {
  let open: string[] = [];
  const all: string[] = [];
  for (const [index, each] of messages.entries()) {
    if (each.role === 'tool') {
      if (!open.includes(each.tool_call_id)) yield `messages.${index}: result of an unknown call ${each.tool_call_id}`;
      open = open.filter((id) => id !== each.tool_call_id);
      continue;
    }
    if (open.length > 0) yield `messages.${index}: no result of ${open.join(', ')}`;
    open = [];
    if (each.role !== 'assistant') continue;
    if (!each.content && !each.tool_calls) yield `messages.${index}: neither content nor tool_calls`;
    open = (each.tool_calls ?? []).map(({ id }) => id);
    all.push(...open);
  }
  if (open.length > 0) yield `messages: no result of ${open.join(', ')}`;
  yield* repeated('call', all);
});
