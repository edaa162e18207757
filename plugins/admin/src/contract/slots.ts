import { defineSlot } from '@parley/contracts';
import type { Change } from '@parley/contracts';
import * as z from 'zod';

/** A change of what runs, as somebody is asked about it. */
export interface ProposedChange {
  /** The question, for example "Add Acme?". */
  readonly title: string;
  readonly changes: Change[];
  /** The verb of the button that applies it. */
  readonly confirmLabel: string;
  readonly isDestructive?: boolean;
}

/** Shows the plan of a change and applies it when it is confirmed. Resolves when the dialog is closed. */
export type ProposeChange = (change: ProposedChange) => Promise<{
  /** Whether the change stands: applied and not taken back. */
  readonly isApplied: boolean;
  /** What kept it from being planned, for people. */
  readonly problems: readonly string[];
}>;

/** A page of the administration; its id stands in the address, its title in the bar. */
export const adminPage = defineSlot({
  id: 'admin.page',
  arity: 'many',
  summary: 'A page of the administration; its id stands in the URL.',
  props: z.object({ propose: z.custom<ProposeChange>() }),
});
