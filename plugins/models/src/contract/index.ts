/** The models people can pick. */
export { modelDirectory } from './capabilities.ts';
export type { ModelDirectory, ModelList, ModelTarget } from './capabilities.ts';
export { modelsErrors } from './errors.ts';
export { modelsContract } from './operations.ts';
