import { secret } from '@parley/contracts';
import * as z from 'zod';

const ms = (min: number, max: number, preset: number) => z.number().int().min(min).max(max).default(preset);

/** Settings of `storage-mongo`. */
export const Config = z.object({
  url: secret().describe('Connection string, `mongodb://…` or `mongodb+srv://…`; MONGODB_URI without a config file.'),
  database: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/)
    .optional()
    .describe('Database name; the one in the connection string without it, else `parley`.'),
  maxPoolSize: z.number().int().min(1).max(1_000).default(50).describe('Most connections to each server.'),
  minPoolSize: z.number().int().min(0).max(1_000).default(0).describe('Connections kept open when idle.'),
  serverSelectionTimeoutMs: ms(100, 60_000, 2_000).describe('Longest wait for a server that takes writes.'),
  operationTimeoutMs: ms(100, 600_000, 10_000).describe('Longest wait for the answer to one command.'),
  transactionTimeoutMs: ms(100, 600_000, 10_000).describe(
    'A transaction that takes longer is dropped, so that the others can write; also the longest wait for its turn.',
  ),
  sweepSeconds: z
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('Time between two removals of records whose time to live has passed.'),
});
export type Config = z.output<typeof Config>;
