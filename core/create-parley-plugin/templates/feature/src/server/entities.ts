import { defineEntity } from '@parley/contracts';
import { NewSample } from '../contract/index.ts';

/**
 * An entry as the store keeps it, reached through its conversation only. A change that old records must follow raises
 * `version` and adds a `migrate` step.
 */
export const sampleEntity = defineEntity({
  name: 'entry',
  schema: NewSample,
  version: 1,
  scope: 'user',
  parent: 'conversationId',
  indexes: [{ fields: ['conversationId', 'createdAt'] }],
});
