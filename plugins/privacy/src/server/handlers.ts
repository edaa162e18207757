import { personExport } from '@parley/contracts';
import type { CallContext, Handlers, HttpExchange, OwnedRecords, Principal } from '@parley/contracts';
import type { PluginContext } from '@parley/kernel';
import type { Accounts, IdentityProof } from '@parley/plugin-identity/contract';
import { privacyErrors } from '../contract/index.ts';
import type { privacyContract, Receipt } from '../contract/index.ts';
import { erasureEntity, receiptEntity } from './entities.ts';
import type { Erasures } from './erasures.ts';
import { exportFiles } from './export-person.ts';
import { zip } from './zip.ts';

const MAX_RUNNING = 100;

function overHttp({ http }: CallContext): HttpExchange {
  if (!http) throw new Error('An account is deleted over HTTP only, where the password is asked for');
  return http;
}

/** The operations of this plugin. */
export function createHandlers(deps: {
  readonly ctx: Pick<PluginContext<unknown>, 'store' | 'hook' | 'clock' | 'log'>;
  readonly owned: OwnedRecords;
  readonly accounts: Accounts;
  readonly proofs: readonly IdentityProof[];
  readonly erasures: Erasures;
}): Handlers<(typeof privacyContract)['operations']> {
  const { ctx, owned, accounts, proofs, erasures } = deps;

  async function prove(principal: Principal, password: string, http: HttpExchange): Promise<void> {
    for (const proof of proofs) {
      const outcome = await proof.check(principal, password, http);
      if (outcome === 'right') return;
      if (outcome === 'wrong') throw privacyErrors.WRONG_PASSWORD();
    }
    throw privacyErrors.NO_PROOF();
  }

  async function runningReceipts(principal: Principal): Promise<Receipt[]> {
    const { items } = await ctx.store(erasureEntity, principal).list({
      where: { tenantId: principal.tenantId },
      sort: [['id', 'desc']],
      limit: MAX_RUNNING,
    });
    return items.map(({ id, by, createdAt: requestedAt, items: erased, problem }) => ({
      id,
      by,
      requestedAt,
      items: erased,
      ...(problem === undefined ? {} : { problem }),
    }));
  }

  return {
    async exportOwn(_input, call) {
      const { id: userId, tenantId } = call.principal;
      const plugins = await ctx.hook(personExport).run({ userId, tenantId }, call);
      const atMs = ctx.clock.now();
      const records = owned.stream({ tenantId, ownerId: userId });
      const date = new Date(atMs).toISOString().slice(0, 10);
      const files = exportFiles({ name: 'Parley', records, plugins, atMs });
      return { name: `parley-export-${date}.zip`, mediaType: 'application/zip', bytes: zip(files, atMs) };
    },
    async eraseOwn({ password, withoutAdministrator }, call) {
      const http = overHttp(call);
      const { id: userId, tenantId } = call.principal;
      await prove(call.principal, password, http);
      const receiptId = await erasures.begin({ userId, tenantId, by: 'self', withoutAdministrator });
      accounts.signOut(http);
      return { receiptId };
    },
    async eraseUser({ userId }, { principal }) {
      if (userId === principal.id) throw privacyErrors.OWN_ACCOUNT();
      const user = await accounts.find(userId);
      if (user?.tenantId !== principal.tenantId) throw privacyErrors.USER_NOT_FOUND({ id: userId });
      const { tenantId } = user;
      const request = { userId, tenantId, by: 'administrator', withoutAdministrator: false } as const;
      return { receiptId: await erasures.begin(request) };
    },
    async receipts({ limit, after }, { principal }) {
      const position = after === undefined ? {} : { after };
      const page = await ctx.store(receiptEntity, principal).list({ sort: [['id', 'desc']], limit, ...position });
      const done = page.items.map(({ id, by, requestedAt, createdAt: finishedAt, items }) => ({
        id,
        by,
        requestedAt,
        finishedAt,
        items,
      }));
      const running = after === undefined ? await runningReceipts(principal) : [];
      return { items: [...running, ...done], ...(page.next === undefined ? {} : { next: page.next }) };
    },
  };
}
