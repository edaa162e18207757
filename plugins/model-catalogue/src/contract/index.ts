/** What is known of models beyond what their providers list. */
export { catalogueErrors } from './errors.ts';
