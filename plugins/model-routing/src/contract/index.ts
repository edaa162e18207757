/** Names for models, and who answers in place of a model that can't. */
export { modelRoutingErrors } from './errors.ts';
export {
  ALIAS_PROVIDER,
  MODEL_ROUTING_MANAGE,
  ModelAlias,
  ModelFallback,
  modelRoutingContract,
  ModelRoutes,
} from './operations.ts';
