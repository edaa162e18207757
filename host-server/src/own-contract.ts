import { hostContract } from '@parley/contracts';
import type { Contract, Handlers, Operations, UiManifest } from '@parley/contracts';
import type { Kernel, MountedContract } from '@parley/kernel';
import { HOST_VERSION } from './host-version.ts';
import type { PageErrors } from './web/page-errors.ts';
import type { WebBuild } from './web/web-build.ts';

/** What the host's own operations tell from. */
export interface OwnContractDeps {
  readonly kernel: Kernel;
  readonly name: string;
  readonly web: WebBuild | undefined;
  readonly pageErrors: PageErrors;
}

/** The host itself stays as long as the process does. */
const NEVER_REPLACED = {
  draining: new AbortController().signal,
  hold: (): Disposable => ({ [Symbol.dispose]: () => undefined }),
};

/** A contract that the host itself serves, like those of a plugin. */
export const mountOwn = <O extends Operations>(contract: Contract<O>, handlers: Handlers<O>): MountedContract => ({
  pluginId: 'host',
  generation: 0,
  firstParty: true,
  contract,
  handlers,
  ...NEVER_REPLACED,
});

/** What anybody may know of this installation: its name, visible settings and web sides. */
export function createOwnContract({ kernel, name, web, pageErrors }: OwnContractDeps): MountedContract {
  const handlers: Handlers<typeof hostContract.operations> = {
    config: () => ({ name, version: HOST_VERSION, plugins: visibleSettings(kernel) }),
    uiManifest: () => createUiManifest(kernel, web),
    reportPageError: (error, call) => pageErrors.report(error, call.principal.id),
  };
  return mountOwn(hostContract, handlers);
}

const visibleSettings = (kernel: Kernel) =>
  Object.fromEntries(Object.entries(kernel.clientConfig()).filter(([, settings]) => Object.keys(settings).length > 0));

/** Plugins that show something now; one whose remote is not in the web build is left out with its contributions. */
function createUiManifest(kernel: Kernel, web: WebBuild | undefined): UiManifest {
  const contracts = Map.groupBy(kernel.contracts(), ({ pluginId }) => pluginId);
  const plugins = kernel.graph().plugins.flatMap(({ id, version, state, ui }) => {
    if (!ui || (state !== 'ready' && state !== 'degraded')) return [];
    const entry = { id, version, contracts: contracts.get(id)?.map(({ contract }) => contract.id) ?? [] };
    if (ui.builtIn) return [entry];
    const remote = ui.remote ?? web?.remote(id);
    return remote ? [{ ...entry, ...remote }] : [];
  });
  const shown = new Set(plugins.map(({ id }) => id));
  const contributions = kernel
    .contributions()
    .filter(({ pluginId }) => shown.has(pluginId))
    .map((contribution) => ({ ...contribution, order: contribution.order ?? 500 }))
    .toSorted((a, b) => a.order - b.order || compare(a.pluginId, b.pluginId) || compare(a.id, b.id));
  return { plugins, contributions };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
