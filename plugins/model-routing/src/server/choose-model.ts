import type { CallContext, LiveRef } from '@parley/contracts';
import type { Route } from '@parley/plugin-chat/contract';
import { ALIAS_PROVIDER } from '@parley/plugin-model-routing/contract';
import type { ModelDirectory, ModelTarget } from '@parley/plugin-models/contract';
import { chainOf } from './chain-of.ts';
import type { FailureMemory } from './failure-memory.ts';
import type { RouteBook } from './route-book.ts';
import { whyAnother } from './words.ts';

interface Candidate {
  readonly model: string;
  readonly target: ModelTarget;
  /** Code of a failure a moment ago. */
  readonly failed: string | undefined;
}

const isAlias = (model: string): boolean => model.startsWith(`${ALIAS_PROVIDER}/`);

/** Names the model to ask; nothing where it stays as it is. */
export function createChooseModel(deps: {
  readonly routes: Pick<RouteBook, 'read'>;
  readonly memory: FailureMemory;
  readonly models: LiveRef<ModelDirectory>;
}): (route: Route, call: CallContext) => Promise<Route | undefined> {
  const { routes, memory, models } = deps;

  // Models that are not there, or not for this person, are passed over without a word: nobody has asked for them.
  const find = async (model: string, { principal, signal }: CallContext): Promise<Candidate | undefined> => {
    try {
      using lease = models.lease();
      const target = await lease.value.find(principal, model, signal);
      return { model, target, failed: memory.recall(principal, model) };
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };

  const nameOf = async (model: string, call: CallContext): Promise<string> =>
    (await find(model, call))?.target.info.name ?? model;

  return async (route, call) => {
    const { wanted, model, failure, tried } = route;
    if (failure) memory.note(call.principal, model, failure.code);
    const chain = chainOf(wanted, await routes.read(call.principal));
    if (chain.length === 1 && chain[0] === model) return undefined;
    const candidates: Candidate[] = [];
    for (const each of chain) {
      if (tried.includes(each)) continue;
      const candidate = await find(each, call);
      if (candidate) candidates.push(candidate);
    }
    // What was picked is asked even when nobody lists it: its failure says what is wrong.
    const isGood = (candidate: Candidate) =>
      candidate.failed === undefined && (candidate.target.isListed || candidate.model === wanted);
    const next = candidates.find(isGood) ?? candidates.find(({ failed }) => failed === undefined) ?? candidates[0];
    if (!next || next.model === model) return undefined;
    if (failure) {
      return {
        ...route,
        model: next.model,
        reason: whyAnother(await nameOf(model, call), failure.code, next.target.info.name),
      };
    }
    const passedOver = candidates[0];
    if (isAlias(wanted) || passedOver?.failed === undefined) return { ...route, model: next.model };
    const reason = whyAnother(passedOver.target.info.name, passedOver.failed, next.target.info.name);
    return { ...route, model: next.model, reason };
  };
}
