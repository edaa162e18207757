import * as z from 'zod';
import { base64, wireCheck } from './wire-check.ts';

const args = z.record(z.string(), z.unknown());
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string(), images: z.array(base64).min(1).optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string(),
    thinking: z.string().optional(),
    tool_calls: z
      .array(z.strictObject({ function: z.strictObject({ name: z.string().min(1), arguments: args }) }))
      .min(1)
      .optional(),
  }),
  z.strictObject({ role: z.literal('tool'), tool_name: z.string().min(1), content: z.string() }),
]);
const Body = z.looseObject({ model: z.string().min(1), messages: z.array(message).min(1) });

/** Requests of Ollama's chat. */
export const checkOllamaChat = wireCheck(Body, function* check({ messages }) {
  let open: string[] = [];
  for (const [index, each] of messages.entries()) {
    if (each.role === 'tool') {
      if (open[0] !== each.tool_name) yield `messages.${index}: result of ${each.tool_name}, which was not called next`;
      open = open.slice(1);
      continue;
    }
    if (open.length > 0) yield `messages.${index}: no result of ${open.join(', ')}`;
    open = each.role === 'assistant' ? (each.tool_calls ?? []).map((call) => call.function.name) : [];
  }
});
