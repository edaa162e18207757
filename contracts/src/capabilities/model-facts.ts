import * as z from 'zod';
import { defineCapability } from '../define/capability.ts';
import type { ModelFacts } from '../domain/model.ts';

/** What is known of models beyond what their providers list: prices, limits, abilities, each with source and date. */
export interface ModelFactsSource {
  /** `family` is that of the provider's descriptor, `model` the provider's own id. */
  lookup(family: string, model: string): ModelFacts | undefined;
}

/** What is known of models beyond what their providers list. */
export const modelFacts = defineCapability<ModelFactsSource>()({
  id: 'model-facts',
  version: '1.0.0',
  arity: 'one',
  descriptor: z.object({}),
});
