import { defineEntity } from '@parley/contracts';
import * as z from 'zod';
import { Xray } from '../contract/index.ts';

/** An X-ray as the store keeps it. */
export const xrayEntity = defineEntity({
  name: 'xray',
  schema: Xray.extend({ keepUntil: z.iso.datetime() }),
  version: 1,
  scope: 'user',
  parent: 'messageId',
  ttl: 'keepUntil',
  indexes: [{ fields: ['messageId'], unique: true }, { fields: ['conversationId'] }],
});
