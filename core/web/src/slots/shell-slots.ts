import { defineSlot } from '@parley/contracts';
import * as z from 'zod';

const nothing = z.object({});

/** A page. Its key is the path pattern; `/x/<plugin id>/*` for everybody, top-level paths for first-party plugins. */
export const route = defineSlot({
  id: 'route',
  arity: 'keyed',
  summary: 'A page; the key is its path pattern.',
  props: z.object({ params: z.record(z.string(), z.string().optional()) }),
});

/** A link at the top of the side bar, drawn by the shell from title and icon; its key is the path it leads to. */
export const navItem = defineSlot({
  id: 'nav.item',
  arity: 'many',
  summary: 'A link at the top of the side bar; the key is the path it leads to.',
  props: nothing,
});

/** A part of the side bar below the links, such as a list of conversations. */
export const sidebarSection = defineSlot({
  id: 'sidebar.section',
  arity: 'many',
  summary: 'A part of the side bar below its links.',
  props: nothing,
});

/** A small control beside the account menu. */
export const sidebarFooterItem = defineSlot({
  id: 'sidebar.footer.item',
  arity: 'many',
  summary: 'A small control beside the account menu.',
  props: nothing,
});

/** An entry of the account menu, drawn by the shell from title and icon; its key is the path it leads to. */
export const accountMenuItem = defineSlot({
  id: 'account.menu.item',
  arity: 'many',
  summary: 'An entry of the account menu; the key is the path it leads to.',
  props: nothing,
});

/** A line above the page, for news that concern everybody. */
export const appBanner = defineSlot({
  id: 'app.banner',
  arity: 'many',
  summary: 'A line above the page.',
  props: nothing,
});

/** A page of the settings; its id stands in the URL. */
export const settingsPage = defineSlot({
  id: 'settings.page',
  arity: 'many',
  summary: 'A page of the settings; its id stands in the URL.',
  props: nothing,
});

/**
 * A way to sign in or up, in the card of the login and register pages and of the dialog after a session's end.
 * It reports success with `useHost().session.signedIn(user)`; the shell then leads on.
 */
export const authMethod = defineSlot({
  id: 'auth.method',
  arity: 'many',
  summary: 'A way to sign in or up.',
  props: z.object({
    mode: z.enum(['sign-in', 'sign-up']),
    /** Where the person wanted to go; always a path of this origin. */
    returnTo: z.string(),
    /** Address of the account whose session ended, when one did. */
    email: z.string().optional(),
  }),
});

/** One step of the welcome page, under its title. */
export const onboardingStep = defineSlot({
  id: 'onboarding.step',
  arity: 'many',
  summary: 'One step of the welcome page.',
  props: z.object({ complete: z.custom<() => void>() }),
});
