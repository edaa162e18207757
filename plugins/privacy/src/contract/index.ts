/** People take all of their data with them, and leave with nothing left behind. */
export { privacyErrors } from './errors.ts';
export { ErasedItem, PRIVACY_MANAGE, privacyContract, Receipt } from './operations.ts';
