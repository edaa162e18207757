import type { ModelInfo as ApiModel } from '@anthropic-ai/sdk/resources/models';
import * as z from 'zod';

const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const effort = (levels: readonly (typeof EFFORTS)[number][]) =>
  z.enum(levels).optional().describe('How thorough the answer is to be.');

/** Parameters a message may carry for these models. */
export const Parameters = z.strictObject({
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer, thoughts included. Unit: tokens.'),
  temperature: z.number().min(0).max(1).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
  stop: z.array(z.string().min(1)).max(16).optional().describe('Words at which the answer ends.'),
  thinking: z.enum(['off', 'adaptive']).optional().describe('Whether the model decides itself how long it thinks.'),
  thinkingTokens: z.number().int().min(1_024).optional().describe('How much the model may think. Unit: tokens.'),
  effort: effort(EFFORTS),
});
export type Parameters = z.output<typeof Parameters>;

/** Those of them that one model takes, as far as the server has told; all of them for a model it has not told of. */
export function parametersOf(model: ApiModel | undefined): z.ZodObject {
  const { thinking, effort: efforts } = model?.capabilities ?? {};
  const levels = efforts?.supported ? EFFORTS.filter((level) => efforts[level]?.supported) : [];
  const fields: Partial<typeof Parameters.shape> = { ...Parameters.shape };
  if (model?.max_tokens) {
    fields.maxOutputTokens = z
      .number()
      .int()
      .min(1)
      .max(model.max_tokens)
      .optional()
      .describe(Parameters.shape.maxOutputTokens.description ?? '');
  }
  if (thinking && !thinking.types.adaptive.supported) delete fields.thinking;
  if (thinking && !thinking.types.enabled.supported) delete fields.thinkingTokens;
  if (efforts && levels.length === 0) delete fields.effort;
  else if (efforts) fields.effort = effort(levels);
  return z.strictObject(fields as typeof Parameters.shape);
}
