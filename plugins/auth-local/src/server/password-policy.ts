import { isCommonPassword } from './common-passwords.ts';

/** Whose password it would be. */
export interface Owner {
  readonly email: string;
  readonly name: string;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** What is wrong with a password, in words for its owner; `undefined` when it will do. Length is what counts. */
export function findWeakness(password: string, owner: Owner, minLength: number): string | undefined {
  const { length } = Array.from(password.normalize('NFKC'));
  if (length < minLength) return `The password has ${length} characters; use at least ${minLength}`;
  const folded = fold(password);
  const [localPart = ''] = owner.email.split('@');
  if ([owner.email, localPart, owner.name].some((own) => fold(own) === folded)) {
    return 'The password is your name or e-mail address; use something nobody can look up';
  }
  if (isCommonPassword(folded)) {
    return 'The password is among the first that are tried; use a few unrelated words, for example';
  }
  return undefined;
}
