/** The lockfile as data: reads, checks and writes its text; files are the business of who runs on Node. */
export { declaredGrants, grantOptions, missingGrants } from './grants-check.ts';
export { formatLockfile, LOCKFILE_NAME, parseLockfile } from './lockfile.ts';
export type { LockedPlugin, Lockfile } from './lockfile.ts';
