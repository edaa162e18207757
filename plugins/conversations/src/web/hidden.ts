import type { WebHost } from '@parley/web';
import type { PrimitiveAtom } from 'jotai';

const nothing: readonly string[] = [];

/** Ids of conversations that are deleted for this person already, and for the server once the undo has passed. */
export const hiddenAtom = (host: WebHost): PrimitiveAtom<readonly string[]> => host.atom('hidden', nothing);
