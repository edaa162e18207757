import { AvailableModel, defineContract, ModelFacts, ModelInfo, op, ProviderStatus } from '@parley/contracts';
import * as z from 'zod';
import { modelsErrors } from './errors.ts';
import { ModelRule, ModelsSettings } from './rules.ts';

/** May say which models there are, for whom, and what they cost. */
export const MODELS_MANAGE = 'models.manage';

/** One model with everything that is known of it, and by whom. */
export const ManagedModel = z.object({
  /** As people get it. */
  model: AvailableModel,
  /** As its provider lists it; nothing for one that only a rule knows. */
  listed: ModelInfo.optional(),
  /** What else is known of it. */
  facts: ModelFacts.optional(),
  rule: ModelRule.optional(),
  /** Revision of the rule. */
  rev: z.number().int().optional(),
});
export type ManagedModel = z.output<typeof ManagedModel>;

/** How a provider answered when it was asked for its models just now. */
export const ProviderTest = ProviderStatus.pick({ state: true, reason: true }).extend({
  /** Code of the failure. */
  code: z.string().optional(),
  /** How many models it listed. */
  models: z.number().int(),
  /** Unit: milliseconds. */
  tookMs: z.number().int(),
  at: z.iso.datetime(),
});
export type ProviderTest = z.output<typeof ProviderTest>;

const modelId = z
  .string()
  .min(3)
  .max(300)
  .regex(/^[^/]+\/./, 'expected <provider>/<model>');
const rev = z.number().int();
const settings = z.object({
  settings: ModelsSettings,
  /** Revision of the settings; 0 before they were saved for the first time. */
  rev: rev.min(0),
});

/** The models people can pick, and what operators say about them. */
export const modelsContract = defineContract('models', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/api/models',
    access: 'user',
    summary: 'The models that can be picked now, and how each provider stands.',
    input: z.object({}),
    output: z.object({
      items: z.array(AvailableModel),
      default: z.string().optional(),
      providers: z.array(ProviderStatus),
    }),
  }),
  parameters: op({
    method: 'GET',
    path: '/api/models/parameters',
    access: 'user',
    summary: 'The parameters a model takes, as JSON Schema of an object.',
    input: z.object({ model: modelId }),
    output: z.object({ schema: z.record(z.string(), z.json()) }),
    errors: [modelsErrors.UNKNOWN, modelsErrors.NOT_ALLOWED],
  }),
  manage: op({
    method: 'GET',
    path: '/api/models-admin',
    access: { permission: MODELS_MANAGE },
    summary: 'All models with what provider, catalogue and operator say about each.',
    input: z.object({}),
    output: z.object({ items: z.array(ManagedModel), providers: z.array(ProviderStatus), ...settings.shape }),
  }),
  setRule: op({
    method: 'PUT',
    path: '/api/models-admin/rule',
    access: { permission: MODELS_MANAGE },
    summary: 'Sets what the operator says about a model; null takes it back. With `rev`, only over that revision.',
    input: z.object({ model: modelId, rule: ModelRule.nullable(), rev: rev.optional() }),
    output: z.object({ rule: ModelRule.optional(), rev: rev.optional() }),
    errors: [modelsErrors.CHANGED],
  }),
  setEnabled: op({
    method: 'PUT',
    path: '/api/models-admin/enabled',
    access: { permission: MODELS_MANAGE },
    summary: 'Shows or hides several models; the rest of their rules stays as it is.',
    input: z.object({ models: z.array(modelId).min(1).max(1_000), enabled: z.boolean() }),
    output: z.void(),
    status: 204,
    errors: [modelsErrors.CHANGED],
  }),
  test: op({
    method: 'POST',
    path: '/api/models-admin/providers/:provider/test',
    access: { permission: MODELS_MANAGE },
    summary: 'Asks a provider now for its models, with the key that the caller uses there.',
    input: z.object({ provider: z.string().min(1).max(80) }),
    output: ProviderTest,
    errors: [modelsErrors.NO_PROVIDER],
  }),
  setSettings: op({
    method: 'PUT',
    path: '/api/models-admin/settings',
    access: { permission: MODELS_MANAGE },
    summary: 'Sets what holds for all models, over the revision that was read.',
    input: settings,
    output: settings,
    errors: [modelsErrors.CHANGED],
  }),
});
