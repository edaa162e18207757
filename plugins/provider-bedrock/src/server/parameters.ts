import type { DocumentType } from '@smithy/types';
import { parseParameters } from '@parley/provider';
import * as z from 'zod';
import { vendorOf } from './model-id.ts';

const Common = z.strictObject({
  maxOutputTokens: z.number().int().min(1).optional().describe('Longest answer, thoughts included. Unit: tokens.'),
  temperature: z.number().min(0).max(1).optional().describe('How much chance there is in the choice of words.'),
  topP: z.number().min(0).max(1).optional().describe('Only words that together are as likely as this.'),
});

const effort = <const L extends readonly [string, ...string[]]>(levels: L) =>
  z.enum(levels).optional().describe('How long the model thinks and how thorough the answer is to be.');

const Claude = Common.extend({
  thinking: z.enum(['off', 'adaptive']).optional().describe('Whether the model decides itself how long it thinks.'),
  thinkingTokens: z.number().int().min(1_024).optional().describe('How much the model may think. Unit: tokens.'),
  effort: effort(['low', 'medium', 'high', 'xhigh', 'max']),
});
const Thinking = Common.extend({ effort: effort(['low', 'medium', 'high']) });

/** Parameters of one message, of whichever model. */
export type Parameters = z.output<typeof Common> &
  Partial<Omit<z.output<typeof Claude>, keyof z.output<typeof Common>>>;

const BY_VENDOR: Readonly<Record<string, z.ZodObject>> = { anthropic: Claude, amazon: Thinking, openai: Thinking };

/** The parameters that a model takes; those of all models where its id does not tell whose it is. */
export const parametersOf = (model: string): z.ZodObject => {
  const vendor = vendorOf(model);
  return vendor === undefined ? Claude : (BY_VENDOR[vendor] ?? Common);
};

/** @throws MODEL_BAD_REQUEST for parameters this model does not have */
export const readParameters = (model: string, given: Readonly<Record<string, unknown>>, provider: string): Parameters =>
  parseParameters(parametersOf(model), given, provider) as Parameters;

/** The fields of the model itself that ask it to think. */
export function thinkingFields(model: string, { thinking, thinkingTokens, effort: level }: Parameters) {
  const vendor = vendorOf(model);
  const fields: Record<string, DocumentType> = {};
  if (vendor === 'amazon' && level !== undefined) {
    fields['reasoningConfig'] = { type: 'enabled', maxReasoningEffort: level };
  }
  if (vendor === 'openai' && level !== undefined) fields['reasoning_effort'] = level;
  if (thinkingTokens !== undefined) fields['thinking'] = { type: 'enabled', budget_tokens: thinkingTokens };
  // Without this, newer models think without a word.
  else if (thinking === 'adaptive') fields['thinking'] = { type: 'adaptive', display: 'summarized' };
  else if (thinking === 'off') fields['thinking'] = { type: 'disabled' };
  return fields;
}

/** Whether effort is asked for in the request itself, and not in a field of the model. */
export const isEffortCommon = (model: string): boolean => !['amazon', 'openai'].includes(vendorOf(model) ?? '');
