/** Users, sessions and who is signed in. */
export { accounts } from './capabilities.ts';
export type { Accounts, NewUser, PassportStrategy, StrategyOutcome, StrategyRequest } from './capabilities.ts';
export { normalizeEmail } from './email.ts';
export { identityErrors } from './errors.ts';
export { identityContract, SignedIn } from './operations.ts';
