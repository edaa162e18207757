import { defineContract, KERNEL_MANAGE, op, sse } from '@parley/contracts';
import type { RecordBatch } from '@parley/contracts';
import * as z from 'zod';

const access = { permission: KERNEL_MANAGE } as const;

/** What the server tells the command that backs it up; served on the control socket only. */
export const backupContract = defineContract('backup', '1.0.0', {
  describe: op({
    method: 'GET',
    path: '/source',
    access,
    summary: 'Where the records lie, how many there are, and which root key the server runs with.',
    input: z.object({}),
    output: z.object({ driver: z.string(), records: z.number().int(), keyFingerprint: z.string() }),
  }),
  records: sse({
    method: 'GET',
    path: '/records',
    access,
    summary: 'Every record as of one instant.',
    input: z.object({}),
    output: z.custom<RecordBatch>(),
  }),
});
