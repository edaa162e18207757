import { kernelAdminErrors } from '@parley/contracts';
import type {
  AppliedView,
  CallContext,
  Change,
  DenialView,
  Handlers,
  kernelContract,
  KernelGraphView,
  PlanView,
} from '@parley/contracts';
import { suggestion } from '@parley/kernel';
import type { Denial, Kernel, Logger } from '@parley/kernel';
import type { Prober } from '../prober.ts';
import type { PageErrors } from '../web/page-errors.ts';
import type { Author, CompositionManager, Wish } from './manager-api.ts';
import { viewEntry } from './view-entry.ts';

/** What the operations on the composition work with. */
export interface KernelHandlerDeps {
  readonly kernel: Kernel;
  readonly probe: Prober;
  readonly manager: CompositionManager;
  readonly pageErrors: PageErrors;
  readonly log: Logger;
}

const authorOf = ({ principal }: CallContext): Author =>
  principal.kind === 'system' ? { by: principal.id, via: 'socket' } : { by: principal.id, via: 'api' };

const viewDenial = ({ pluginId, permission, what, message, atMs }: Denial): DenialView => ({
  at: new Date(atMs).toISOString(),
  pluginId,
  kind: permission,
  target: what,
  message,
});

/** Without changes the config file is meant, as it is now. */
const wishOf = (changes: readonly Change[] | undefined): Wish => (changes === undefined ? { file: true } : { changes });

const compareIds = (left: { readonly id: string }, right: { readonly id: string }): number =>
  left.id < right.id ? -1 : 1;

/**
 * The operations of the contract `kernel`, for the API and the control socket. The casts take away no more than the
 * kernel's promise not to change what it gave.
 */
export function createKernelHandlers({
  kernel,
  probe,
  manager,
  pageErrors,
  log,
}: KernelHandlerDeps): Handlers<typeof kernelContract.operations> {
  const apply = async (wish: Wish, call: CallContext, planId: string | undefined): Promise<AppliedView> => {
    const { applied, version } = await manager.apply(wish, authorOf(call), planId);
    return { ...applied, version } as unknown as AppliedView;
  };
  const assertThere = (id: string): void => {
    const known = manager.entries().map((entry) => entry.id);
    if (!known.includes(id)) throw kernelAdminErrors.ENTRY_NOT_FOUND({ id, suggestion: suggestion(id, known) });
  };
  return {
    async graph() {
      await probe();
      const graph = kernel.graph();
      const plugins = graph.plugins.map((node) => ({ ...node, page: pageErrors.of(node.id) }));
      const problems = [...manager.problems(), ...graph.problems];
      return { ...graph, plugins, problems } as unknown as KernelGraphView;
    },
    async plugins() {
      await probe();
      const nodes = new Map(kernel.graph().plugins.map((node) => [node.id, node]));
      const plugins = await Promise.all(
        manager.entries().map((entry) => viewEntry(entry, nodes.get(entry.id), manager)),
      );
      return { version: manager.version(), plugins: plugins.toSorted(compareIds) };
    },
    async plan({ changes, to }, call) {
      const wish = to === undefined ? wishOf(changes) : { to };
      const { id, plan, problems } = await manager.plan(wish, authorOf(call));
      return { ...plan, id, problems } as unknown as PlanView;
    },
    apply: ({ changes, planId }, call) => apply(wishOf(changes), call, planId),
    rollback: ({ to, planId }, call) => apply({ to }, call, planId),
    history: () => ({ versions: [...manager.history()] }),
    async reset({ id }, call) {
      assertThere(id);
      await kernel.reset(id);
      log.info('A plugin was reset', { id, by: call.principal.id });
    },
    audit: () => ({ denials: kernel.denials().map(viewDenial) }),
  };
}
