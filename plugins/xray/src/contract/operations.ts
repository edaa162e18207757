import { defineContract, Id, op } from '@parley/contracts';
import * as z from 'zod';
import { xrayErrors } from './errors.ts';
import { Xray } from './schemas.ts';

/** The permission to look through answers; administrators hold it. Only who holds it has answers noted. */
export const XRAY_VIEW = 'xray.view';

/** Looking through one's own answers. */
export const xrayContract = defineContract('xray', '1.0.0', {
  get: op({
    method: 'GET',
    path: '/messages/:messageId',
    access: { permission: XRAY_VIEW },
    summary: 'What each plugin did to one of your own answers.',
    input: z.object({ messageId: Id }),
    output: Xray,
    errors: [xrayErrors.NOT_FOUND],
  }),
});
