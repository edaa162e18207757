/** What signatures of thoughts are kept under: only these models can read them. */
export const FAMILY = 'anthropic';
