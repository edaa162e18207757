import { isAppError, isFinal } from '@parley/contracts';
import type { Person, PersonErased, SystemPrincipal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { journalEntity, runEntity } from './entities.ts';
import { withoutRuns } from './journal-encoding.ts';
import type { Journal } from './journal.ts';
import type { StopRun } from './stop-run.ts';

const PAGE_SIZE = 200;

/**
 * Ends what runs for a person that is erased, and takes what their runs said out of the journals of all processes; other
 * people's runs may keep such a journal for hours. Runs and logs themselves go with the person's records.
 */
export function createForgetPerson(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store'>;
  readonly system: SystemPrincipal;
  readonly stop: StopRun;
  readonly journal: Pick<Journal, 'prune'>;
}): (person: Person) => Promise<PersonErased['items']> {
  const { ctx, system, stop, journal } = deps;

  async function endRuns(ownerId: string): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    let after: string | undefined;
    do {
      const position = after === undefined ? {} : { after };
      const page = await ctx.store(runEntity, system).list({ where: { ownerId }, limit: PAGE_SIZE, ...position });
      for (const { id, state } of page.items) {
        ids.add(id);
        if (!isFinal(state)) await stop(system, id);
      }
      after = page.next;
    } while (after !== undefined);
    return ids;
  }

  async function cleanJournals(runIds: ReadonlySet<string>): Promise<number> {
    const journals = ctx.store(journalEntity, system);
    let cleaned = 0;
    let after: string | undefined;
    do {
      const position = after === undefined ? {} : { after };
      const page = await journals.list({ limit: PAGE_SIZE, ...position });
      for (const { id, entries, rev } of page.items) {
        const rest = withoutRuns(entries, runIds);
        if (rest === entries) continue;
        try {
          await journals.update(id, { entries: rest }, rev);
          cleaned += 1;
        } catch (error) {
          // Its process has just deleted it.
          if (!isAppError(error, 'STORAGE_NOT_FOUND')) throw error;
        }
      }
      after = page.next;
    } while (after !== undefined);
    return cleaned;
  }

  return async ({ userId }) => {
    const runIds = await endRuns(userId);
    if (runIds.size === 0) return [];
    await journal.prune();
    return [{ what: 'journal', count: await cleanJournals(runIds) }];
  };
}
