import { createHash } from 'node:crypto';

const LONGEST = 40;

/** What the APIs take as the id of a call; other providers' ids are spelled anew, each always in the same way. */
export const toCallId = (id: string): string =>
  /^[\w-]+$/.test(id) && id.length <= LONGEST
    ? id
    : `call_${createHash('sha256').update(id).digest('base64url').slice(0, 24)}`;
