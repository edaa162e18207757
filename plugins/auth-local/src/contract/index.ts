/** Sign-up and sign-in with e-mail and password. */
export { authLocalErrors } from './errors.ts';
export { authLocalContract } from './operations.ts';
export { SignUpSettings } from './settings.ts';
