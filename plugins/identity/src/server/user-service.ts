import { isAppError, newId } from '@parley/contracts';
import type { Page, Principal, RecordBase, Store, Transaction, User } from '@parley/contracts';
import { identityErrors, normalizeEmail } from '../contract/index.ts';
import type { NewUser } from '../contract/index.ts';
import { setupEntity, userEntity } from './entities.ts';
import type { UserRecord } from './entities.ts';
import type { SetupToken } from './setup-token.ts';

/** What the service of users works with. */
export interface UserDeps {
  readonly users: Store<Omit<UserRecord, keyof RecordBase>>;
  readonly system: Principal;
  readonly setupToken: SetupToken;
  readonly transaction: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
}

/** Makes, finds and changes users. */
export interface UserService {
  /** @throws IDENTITY_EMAIL_TAKEN, IDENTITY_SETUP_TOKEN_INVALID */
  create(user: NewUser): Promise<User>;
  find(id: string): Promise<User | undefined>;
  findByEmail(email: string): Promise<User | undefined>;
  rename(id: string, name: string): Promise<User>;
  /** The oldest first. */
  list(page: { readonly limit: number; readonly after?: string | undefined }): Promise<Page<User>>;
  administrators(): Promise<readonly User[]>;
  /** Removes a user; may be repeated. Where nobody administers afterwards, the next start offers to again. */
  remove(id: string): Promise<number>;
}

/** Id of the one record that says that there is an administrator; its uniqueness decides every race for it. */
export const SETUP_ID = 'setup';
const MAX_ADMINISTRATORS = 100;

const toUser = ({ id, tenantId, email, name, roles, createdAt }: UserRecord): User => ({
  id,
  tenantId,
  email,
  name,
  roles,
  createdAt,
});

export function createUserService({ users, system, setupToken, transaction }: UserDeps): UserService {
  async function insert(tx: Transaction, { id = newId(), email, name, setupToken: token }: NewUser): Promise<User> {
    const isAdministrator = token !== undefined;
    if (isAdministrator) {
      if (!setupToken.matches(token)) throw identityErrors.SETUP_TOKEN_INVALID();
      await unlessDuplicate(
        tx.store(setupEntity, system).insert({ id: SETUP_ID, administratorId: id }),
        identityErrors.SETUP_TOKEN_INVALID,
      );
    }
    const record = { id, email: normalizeEmail(email), name, roles: isAdministrator ? ['admin'] : [] };
    return toUser(await unlessDuplicate(tx.store(userEntity, system).insert(record), identityErrors.EMAIL_TAKEN));
  }

  return {
    create: (user) => transaction((tx) => insert(tx, user)),
    async find(id) {
      const record = await users.find(id);
      return record && toUser(record);
    },
    async findByEmail(email) {
      const { items } = await users.list({ where: { email: normalizeEmail(email) }, limit: 1 });
      return items[0] && toUser(items[0]);
    },
    rename: async (id, name) => toUser(await users.update(id, { name })),
    async list({ limit, after }) {
      const page = await users.list({ limit, ...(after === undefined ? {} : { after }) });
      return { ...page, items: page.items.map(toUser) };
    },
    async administrators() {
      const { items } = await users.list({ where: { roles: { has: 'admin' } }, limit: MAX_ADMINISTRATORS });
      return items.map(toUser);
    },
    remove: (id) =>
      transaction(async (tx) => {
        const all = tx.store(userEntity, system);
        const setups = tx.store(setupEntity, system);
        if ((await all.find(id)) === undefined) return 0;
        await all.delete(id);
        const setup = await setups.find(SETUP_ID);
        if (setup?.administratorId !== id) return 1;
        const { items } = await all.list({ where: { roles: { has: 'admin' } }, limit: 1 });
        if (items[0]) await setups.update(SETUP_ID, { administratorId: items[0].id });
        else await setups.delete(SETUP_ID);
        return 1;
      }),
  };
}

async function unlessDuplicate<T>(insertion: Promise<T>, refusal: () => Error): Promise<T> {
  try {
    return await insertion;
  } catch (error) {
    throw isAppError(error, 'STORAGE_DUPLICATE') ? refusal() : error;
  }
}
