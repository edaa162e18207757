import type { Locator, Page } from 'playwright-core';

/** Somebody with an account. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The administrator of every test. */
export const ADA: Person = { name: 'Ada Lovelace', email: 'ada@example.org', password: 'a heron waits by the mill' };
/** Somebody else. */
export const BEN: Person = { name: 'Ben Okri', email: 'ben@example.org', password: 'nine lamps over the harbour' };

/** The fields of the sign-in and sign-up forms. */
export const accountForm = (page: Page) => ({
  name: page.getByRole('textbox', { name: 'Name' }),
  email: page.getByRole('textbox', { name: 'E-mail address' }),
  password: page.getByLabel('Password', { exact: true }),
  signIn: page.getByRole('button', { name: 'Sign in' }),
  signUp: page.getByRole('button', { name: 'Create account' }),
});

/** Fills in the sign-up form that is shown and sends it. */
export async function signUp(page: Page, person: Person): Promise<void> {
  const form = accountForm(page);
  await form.name.fill(person.name);
  await form.email.fill(person.email);
  await form.password.fill(person.password);
  await form.signUp.click();
}

/** Fills in the sign-in form that is shown and sends it. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  const form = accountForm(page);
  await form.email.fill(email);
  await form.password.fill(password);
  await form.signIn.click();
}

/** The button that opens the menu of the account. */
export const accountButton = (page: Page): Locator => page.getByRole('button', { name: /^Account: / });

/** Signs out by the account menu and waits for the sign-in form. */
export async function signOut(page: Page): Promise<void> {
  await accountButton(page).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await accountForm(page).signIn.waitFor();
}

/** What screen readers say about a field beside its name: its hint or its error. */
export const descriptionOf = (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  );
