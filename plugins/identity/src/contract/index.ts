/** Users, sessions and who is signed in. */
export { accounts, identityProof } from './capabilities.ts';
export type {
  Accounts,
  IdentityProof,
  NewUser,
  PassportStrategy,
  ProofOutcome,
  StrategyOutcome,
  StrategyRequest,
} from './capabilities.ts';
export { normalizeEmail } from './email.ts';
export { identityErrors } from './errors.ts';
export { identityContract, SignedIn, USERS_VIEW } from './operations.ts';
