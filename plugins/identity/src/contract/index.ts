/** Users, sessions and who is signed in. */
export { accounts } from './capabilities.ts';
export type { Accounts, Device, NewUser, SignedIn } from './capabilities.ts';
export { identityErrors } from './errors.ts';
export { identityContract } from './operations.ts';
