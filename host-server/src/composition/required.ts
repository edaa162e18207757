import type { Kernel } from '@parley/kernel';
import { manifestOf } from '@parley/kernel';
import { hostErrors } from '../host-errors.ts';
import type { Entry } from './compose.ts';

/** Plugins and capabilities the config file requires and nothing in a composition would bring. */
export function requiredProblems(required: readonly string[], entries: readonly Entry[]): readonly string[] {
  const names = new Set(
    entries.flatMap(({ id, loaded, failure }) =>
      loaded === undefined || failure !== undefined
        ? []
        : [id, ...manifestOf(loaded.plugin).provides.map(({ capability }) => capability)],
    ),
  );
  return required
    .filter((name) => !names.has(name))
    .map((name) => `the config file requires ${name}, and no plugin that is enabled is or provides it`);
}

/** Checks that what is required came up. @throws HOST_REQUIRED_MISSING */
export function checkRequired(required: readonly string[], kernel: Kernel): void {
  const { plugins } = kernel.graph();
  const serving = plugins.filter(({ state }) => state === 'ready' || state === 'degraded');
  const names = new Set(serving.flatMap(({ id, provides }) => [id, ...provides.map(({ capability }) => capability)]));
  const missing = required.filter((name) => !names.has(name));
  if (missing.length === 0) return;
  const down = plugins
    .filter((plugin) => !serving.includes(plugin))
    .map(({ id, state, reason }) => `${id} is ${state}${reason === undefined ? '' : `: ${reason}`}`);
  throw hostErrors.REQUIRED_MISSING({ names: missing, reason: down.join('; ') || 'nothing provides it' });
}
