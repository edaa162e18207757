import { defineContract, Download, Id, op } from '@parley/contracts';
import * as z from 'zod';
import { privacyErrors } from './errors.ts';

/** Permission to delete other people and to see receipts. */
export const PRIVACY_MANAGE = 'privacy.manage';

/** What was erased in one place. */
export const ErasedItem = z.object({ pluginId: z.string(), what: z.string(), count: z.number().int().min(0) });
export type ErasedItem = z.output<typeof ErasedItem>;

/** That somebody was erased: when, by whom and what, and nothing about the person. */
export const Receipt = z.object({
  id: Id,
  by: z.enum(['self', 'administrator']),
  requestedAt: z.iso.datetime(),
  /** Absent while it goes on. */
  finishedAt: z.iso.datetime().optional(),
  items: z.array(ErasedItem),
  /** Why it has not come further; it is tried again. */
  problem: z.string().optional(),
});
export type Receipt = z.output<typeof Receipt>;

const withoutAdministrator = z
  .boolean()
  .default(false)
  .describe('Goes on although nobody would administer this server afterwards; its next start then offers to again.');
const Accepted = z.object({ receiptId: Id });

/** Taking one's data, and leaving. */
export const privacyContract = defineContract('privacy', '1.0.0', {
  exportOwn: op({
    method: 'POST',
    path: '/api/privacy/export',
    access: 'user',
    summary: 'All that is kept of the own person, as a zip file.',
    input: z.object({}),
    output: Download,
  }),
  eraseOwn: op({
    method: 'POST',
    path: '/api/privacy/erase',
    access: 'user',
    status: 202,
    summary:
      'Deletes the own account and all that belongs to it; asks for the password again. Every session ends at once.',
    input: z.object({ password: z.string().min(1).max(1_000), withoutAdministrator }),
    output: Accepted,
    errors: [privacyErrors.WRONG_PASSWORD, privacyErrors.NO_PROOF, privacyErrors.LAST_ADMINISTRATOR],
  }),
  eraseUser: op({
    method: 'DELETE',
    path: '/api/privacy/users/:userId',
    access: { permission: PRIVACY_MANAGE },
    status: 202,
    summary: 'Deletes somebody else’s account and all that belongs to it.',
    input: z.object({ userId: Id }),
    output: Accepted,
    errors: [privacyErrors.USER_NOT_FOUND, privacyErrors.OWN_ACCOUNT, privacyErrors.LAST_ADMINISTRATOR],
  }),
  receipts: op({
    method: 'GET',
    path: '/api/privacy/receipts',
    access: { permission: PRIVACY_MANAGE },
    summary: 'What was erased, the latest first; before them, on the first page, what is being erased.',
    input: z.object({ after: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({ items: z.array(Receipt), next: z.string().optional() }),
  }),
});
