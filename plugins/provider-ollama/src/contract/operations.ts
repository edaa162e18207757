import { defineContract, modelErrors, op, sse } from '@parley/contracts';
import * as z from 'zod';

/** May fetch models to the server and delete them. */
export const OLLAMA_MANAGE = 'ollama.manage';

/** How far a model has been fetched. Units: bytes. */
export const PullProgress = z.object({
  status: z.string(),
  completedBytes: z.number().int().min(0).optional(),
  totalBytes: z.number().int().min(0).optional(),
});
export type PullProgress = z.output<typeof PullProgress>;

const model = z.string().min(1).max(200);

/** What administrators do with the models of an Ollama server. */
export const ollamaContract = defineContract('provider-ollama', '1.0.0', {
  pull: sse({
    method: 'POST',
    path: '/pull',
    access: { permission: OLLAMA_MANAGE },
    summary: 'Fetches a model; tells how far it has come until it is there.',
    input: z.object({ model }),
    output: PullProgress,
    errors: [modelErrors.NOT_FOUND, modelErrors.UNAVAILABLE],
  }),
  remove: op({
    method: 'POST',
    path: '/remove',
    access: { permission: OLLAMA_MANAGE },
    summary: 'Deletes a model from the server.',
    input: z.object({ model }),
    output: z.void(),
    status: 204,
    errors: [modelErrors.NOT_FOUND, modelErrors.UNAVAILABLE],
  }),
});
