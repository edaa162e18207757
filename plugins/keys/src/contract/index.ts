/** Keys for model providers: given once, kept sealed, never shown again. */
export { keysErrors } from './errors.ts';
export { KeyStatus, KEYS_MANAGE, keysContract, ProviderKeys, SharedProviderKey } from './operations.ts';
