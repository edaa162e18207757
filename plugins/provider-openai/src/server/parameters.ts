import * as z from 'zod';
import type { ApiKind } from './config.ts';

const temperature = z
  .number()
  .min(0)
  .max(2)
  .optional()
  .describe('How much chance there is in the choice of words. Models that reason refuse it.');
const topP = z
  .number()
  .min(0)
  .max(1)
  .optional()
  .describe('Only words that together are as likely as this. Models that reason refuse it.');
const maxOutputTokens = z.number().int().min(1).optional().describe('Longest answer, thoughts included. Unit: tokens.');
const reasoningEffort = z
  .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'])
  .optional()
  .describe('How long the model thinks before it answers; each model takes some of these.');
const verbosity = z.enum(['low', 'medium', 'high']).optional().describe('How many words the answer has.');
const serviceTier = z
  .enum(['auto', 'default', 'flex', 'priority'])
  .optional()
  .describe('How soon the server answers, and at what price: `flex` is slower and cheaper, `priority` the reverse.');

/** Parameters of a message for the Responses API. */
export const ResponsesParameters = z.strictObject({
  reasoningEffort,
  reasoningSummary: z
    .enum(['auto', 'concise', 'detailed', 'off'])
    .optional()
    .describe('How the thoughts of the model are shown.'),
  verbosity,
  maxOutputTokens,
  serviceTier,
  temperature,
  topP,
});
export type ResponsesParameters = z.output<typeof ResponsesParameters>;

/** Parameters of a message for Chat Completions. */
export const ChatParameters = z.strictObject({
  reasoningEffort,
  verbosity,
  maxOutputTokens,
  temperature,
  topP,
  frequencyPenalty: z.number().min(-2).max(2).optional().describe('Above 0: fewer words that came often before.'),
  presencePenalty: z.number().min(-2).max(2).optional().describe('Above 0: fewer words that came before at all.'),
  seed: z.number().int().optional().describe('The same number makes the same answer more likely.'),
  serviceTier,
});
export type ChatParameters = z.output<typeof ChatParameters>;

/** Parameters of a message for an assistant, which has its own for the rest. */
export const AssistantParameters = z.strictObject({ reasoningEffort, maxOutputTokens, temperature, topP });
export type AssistantParameters = z.output<typeof AssistantParameters>;

/** The parameters that a server takes. */
export const PARAMETERS: Readonly<Record<ApiKind, z.ZodObject>> = {
  responses: ResponsesParameters,
  'chat-completions': ChatParameters,
  assistants: AssistantParameters,
};
