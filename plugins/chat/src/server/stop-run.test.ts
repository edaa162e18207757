import { describe, expect, it } from '@jest/globals';
import { createPrincipal, newId, storageErrors } from '@parley/contracts';
import type { AnyEntity, Bus } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import { createDoorbell } from './doorbell.ts';
import { createStopRun, STOP_TOPIC } from './stop-run.ts';

const ann = createPrincipal({ kind: 'user', id: newId() });

/** A run of another node. `obey` is what that node does when it hears of the wish. */
const start = (obey: (node: { state: string; hasRecord: boolean }) => void) => {
  const node = { state: 'running', hasRecord: true };
  const doorbell = createDoorbell();
  const wishes: string[] = [];
  const bus: Bus = {
    publish: async (topic, message) => {
      wishes.push(`${topic} ${message}`);
      obey(node);
      doorbell.ring(message);
    },
    subscribe: () => () => undefined,
  };
  const recordsOf = ({ name }: AnyEntity) => ({
    find: async (id: string) => (id === 'run' ? { id, ownerId: ann.id, state: node.state } : undefined),
    update: async (id: string, patch: object) => {
      if (!node.hasRecord) throw storageErrors.NOT_FOUND({ entity: name, id });
      wishes.push(`${name} ${JSON.stringify(patch)}`);
    },
  });
  const storeOf = (entity: AnyEntity) => ({ ...recordsOf(entity), within: () => recordsOf(entity) });
  const ctx = { store: storeOf as unknown as PluginContext<unknown>['store'] };
  return { stop: createStopRun({ ctx, live: new Map(), bus, doorbell }), wishes, node };
};

describe('stopping a run of another node', () => {
  it('asks that node by bell and by record, and resolves once it has ended', async () => {
    const { stop, wishes } = start((node) => {
      node.state = 'stopped';
    });
    expect(await stop(ann, 'run')).toMatchObject({ id: 'run', state: 'stopped' });
    expect(wishes).toEqual(['active-run {"isStopRequested":true}', `${STOP_TOPIC} run`]);
  });

  it('does not mind that the run ends meanwhile', async () => {
    const { stop, node } = start((each) => {
      each.state = 'completed';
    });
    node.hasRecord = false;
    expect(await stop(ann, 'run')).toMatchObject({ state: 'completed' });
  });

  it('says what is when the other node does not answer in time', async () => {
    const { stop } = start(() => undefined);
    expect(await stop(ann, 'run')).toMatchObject({ state: 'running' });
  });

  it('knows nothing of runs that do not exist', async () => {
    const { stop } = start(() => undefined);
    await expect(stop(ann, 'none')).rejects.toMatchObject({ code: 'CHAT_RUN_NOT_FOUND' });
  });
});
