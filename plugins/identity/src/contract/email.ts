/** The one spelling of an e-mail address: letter case, blanks around it and Unicode forms make no difference. */
export const normalizeEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
