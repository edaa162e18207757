/** The models people can pick, and what operators say about them. */
export { modelDirectory } from './capabilities.ts';
export type { ModelDirectory, ModelList, ModelTarget } from './capabilities.ts';
export { costUsd } from './cost.ts';
export { modelsErrors } from './errors.ts';
export { ManagedModel, MODELS_MANAGE, modelsContract } from './operations.ts';
export { ModelRule, ModelsSettings } from './rules.ts';
