/** The models people can pick, and what operators say about them. */
export { modelDirectory, providerAccess } from './capabilities.ts';
export type { ModelDirectory, ModelList, ModelTarget, ProviderAccess } from './capabilities.ts';
export { costUsd } from './cost.ts';
export { modelsErrors } from './errors.ts';
export { ManagedModel, MODELS_MANAGE, modelsContract, ProviderTest } from './operations.ts';
export { ModelRule, ModelsSettings } from './rules.ts';
export { modelsTab, providerPart } from './slots.ts';
