import { defineContract, op } from '@parley/contracts';
import { modelsErrors } from '@parley/plugin-models/contract';
import * as z from 'zod';
import { modelRoutingErrors } from './errors.ts';

/** Changes names for models, and who answers in place of a model. */
export const MODEL_ROUTING_MANAGE = 'model-routing.manage';

/** First half of the ids of names for models: `auto/<id>`. */
export const ALIAS_PROVIDER = 'auto';

const modelId = z
  .string()
  .min(3)
  .max(300)
  .regex(/^[^/]+\/./, 'expected <provider>/<model>');
const chain = z.array(modelId).min(1).max(10);

/** A name for models: people pick `auto/<id>`, and the first of its models that answers is the one. */
export const ModelAlias = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'expected small letters, digits, and . _ - between them'),
  title: z.string().trim().min(1).max(80),
  /** Tried in this order. */
  models: chain,
  /** Who may use it: people with one of these roles, and administrators. Everybody without it. */
  roles: z.array(z.string().min(1).max(80)).max(50).optional(),
});
export type ModelAlias = z.output<typeof ModelAlias>;

/** Who answers in place of a model that can't. */
export const ModelFallback = z.object({
  /** `provider/model`, or `provider/*` for all models of a provider that have no fallback of their own. */
  model: modelId,
  /** Tried in this order. */
  instead: chain,
});
export type ModelFallback = z.output<typeof ModelFallback>;

/** All names and fallbacks of an installation. */
export const ModelRoutes = z.object({
  items: z.array(ModelAlias).max(100),
  fallbacks: z.array(ModelFallback).max(200),
  /** Revision; 0 before they were saved for the first time. */
  rev: z.number().int().min(0),
});
export type ModelRoutes = z.output<typeof ModelRoutes>;

/** Where requests to models go. */
export const modelRoutingContract = defineContract('model-routing', '1.0.0', {
  list: op({
    method: 'GET',
    path: '/api/model-routes',
    access: { permission: MODEL_ROUTING_MANAGE },
    summary: 'The names for models, and who answers in place of a model that can not.',
    input: z.object({}),
    output: ModelRoutes,
  }),
  set: op({
    method: 'PUT',
    path: '/api/model-routes',
    access: { permission: MODEL_ROUTING_MANAGE },
    summary: 'Sets all names and fallbacks, over the revision that was read.',
    input: ModelRoutes,
    output: ModelRoutes,
    errors: [modelsErrors.CHANGED, modelRoutingErrors.TWICE, modelRoutingErrors.CIRCULAR],
  }),
});
