import type { AnyCapability, AnyHook, AnyOperation, Contract } from '@parley/contracts';
import { defineErrors } from '@parley/contracts';
import type { AnyPlugin, PluginContext } from '@parley/kernel';
import * as z from 'zod';
import type { HostApi } from '../host-api.ts';
import type { OperationFacts } from '../start-message.ts';
import type { Slots } from './slots.ts';
import { passingInput, passingSchema } from './stand-in.ts';

const Unwell = z.enum(['degraded', 'down']);
/** What a child's probe may say; anything else means that the probe itself is broken. */
const Answer = z.union([z.literal('ok'), Unwell, z.object({ state: Unwell, reason: z.string().max(1_000) })]);

type Registrations = Pick<HostApi, 'provide' | 'tap' | 'routes' | 'effect' | 'health'>;

const Operation = z.looseObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string(),
  stream: z.boolean(),
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()),
  arrays: z.array(z.string()),
});

/** An operation whose schemas are in the child: what comes in and goes out has been through them there. */
function toOperation(given: OperationFacts): AnyOperation {
  const { input, output, arrays, errors = [], ...facts } = Operation.parse(given) as unknown as OperationFacts;
  const factories = errors.map(({ code, status, template }) => {
    const [prefix = '', ...name] = code.split('_');
    const table = { [name.join('_')]: [status, template] as [number, string] };
    return Object.values(defineErrors(prefix, table))[0];
  });
  return {
    ...facts,
    input: passingInput(input, arrays),
    output: passingSchema(output),
    ...(factories.length === 0 ? {} : { errors: factories }),
  } as unknown as AnyOperation;
}

/**
 * Registers with the host what a child registers. The second child of a generation finds its places taken by itself: it
 * fills them again, and nobody else notices.
 */
export function createRegistrations(plugin: Omit<AnyPlugin, 'setup'>, ctx: PluginContext<unknown>, slots: Slots) {
  /** Of each thing that has no name of its own, how many one child has registered. */
  let counts = new Map<string, number>();
  const numbered = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name} ${count}`;
  };
  const api: Registrations = {
    provide({ capability, key = ctx.id, descriptor, implementation }) {
      const slot = `provide ${capability.id} ${key}`;
      if (!slots.fill(slot, implementation)) return;
      const declared = plugin.provides?.find(({ id }) => id === capability.id);
      const value: AnyCapability = declared ?? { ...capability, descriptor: z.unknown() };
      ctx.provide(value, slots.implementation(slot), descriptor, key);
    },
    tap({ hook, order, run }) {
      const slot = numbered(`tap ${hook.id}`);
      if (!slots.fill(slot, run)) return;
      const declared: AnyHook = plugin.hooks?.find(({ id }) => id === hook.id) ?? hook;
      ctx.on(declared, slots.callback(slot) as never, order);
    },
    routes({ id, version, operations, handlers }) {
      const slot = numbered(`routes ${id}@${version}`);
      const names = Object.keys(handlers);
      const isNew = names.map((name) => slots.fill(`${slot} ${name}`, handlers[name])).includes(true);
      if (!isNew && names.length > 0) return;
      const contract: Contract = {
        id,
        version,
        operations: Object.fromEntries(
          Object.entries(operations).map(([name, operation]) => [name, toOperation(operation)]),
        ),
      };
      const callbacks = names.map((name) => [name, slots.callback(`${slot} ${name}`)]);
      ctx.routes(contract, Object.fromEntries(callbacks) as never);
    },
    effect({ label, undo }) {
      const slot = numbered(`effect ${label}`);
      if (!slots.fill(slot, undo)) return;
      const undoThere = slots.callback(slot);
      // What a process that is gone had started went with it.
      ctx.effect(() => async () => void (slots.isFilled(slot) && (await undoThere())), label);
    },
    health({ name, ask }) {
      const slot = `health ${name}`;
      if (!slots.fill(slot, ask)) return;
      const probe = slots.callback(slot);
      ctx.health(name, async (signal) => Answer.parse(await probe(signal)));
    },
  };
  return {
    api,
    /** Another child begins to register. */
    restart() {
      counts = new Map();
    },
  };
}
