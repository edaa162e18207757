import { authResolve, hostReady, personErase, personExport } from '@parley/contracts';
import type { HttpExchange, User } from '@parley/contracts';
import { definePlugin } from '@parley/kernel';
import { accounts, identityContract, USERS_VIEW } from '../contract/index.ts';
import type { SignedIn } from '../contract/index.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createAuthenticate } from './authenticate.ts';
import { Config } from './config.ts';
import { clearSessionCookies, readRefreshCookie, setSessionCookies } from './cookies.ts';
import { sessionEntity, setupEntity, userEntity } from './entities.ts';
import { exportAccount } from './export-account.ts';
import { createHandlers } from './handlers.ts';
import { createPrincipalResolver } from './principal-resolver.ts';
import { parseRefreshToken } from './refresh-tokens.ts';
import { createSessionService } from './session-service.ts';
import type { OpenSession } from './session-service.ts';
import { createSetupToken } from './setup-token.ts';
import { createUserService, SETUP_ID } from './user-service.ts';

/** Users, sessions, access and refresh tokens. */
export default definePlugin({
  id: 'identity',
  version: '0.1.0',
  kernel: '^1.0.0',
  config: Config,
  provides: [accounts],
  hooks: [authResolve, hostReady, personExport, personErase],
  entities: [userEntity, sessionEntity, setupEntity],
  permissions: { declares: [USERS_VIEW] },
  critical: true,
  ui: {
    module: './web',
    builtIn: true,
    slots: {
      'settings.page': [
        {
          id: 'account',
          title: 'Account',
          icon: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20a7 7 0 0 1 14 0',
          order: 100,
        },
        { id: 'sessions', title: 'Sessions', icon: 'M4 5h16v11H4zM9 20h6M12 16v4', order: 110 },
      ],
    },
  },
  setup(ctx) {
    const { clock, config, log, system } = ctx;
    // The address that was printed at the start stays good.
    const setupToken = ctx.shared('setup token', () => ({ value: createSetupToken() }));
    const accessTokens = createAccessTokens({
      key: ctx.key('access-token'),
      ttlSeconds: config.accessTokenSeconds,
      clock,
    });
    const users = createUserService({
      users: ctx.store(userEntity, system),
      system,
      setupToken,
      transaction: (work) => ctx.transaction(work),
    });
    const sessions = createSessionService({
      sessionsOf: (principal) => ctx.store(sessionEntity, principal),
      system,
      refreshKey: ctx.key('refresh-token'),
      config,
      clock,
      log,
      onEnd: (sessionId) => resolver.forgetSession(sessionId),
    });
    const resolver = createPrincipalResolver({ accessTokens, isAlive: (id) => sessions.isAlive(id), clock });

    async function deliver(user: User, session: OpenSession, http: HttpExchange): Promise<SignedIn> {
      const { sessionId, refreshToken, maxAgeSeconds } = session;
      const { id: userId, tenantId, roles } = user;
      const accessToken = await accessTokens.sign({ userId, sessionId, tenantId, roles });
      const expiresInSeconds = config.accessTokenSeconds;
      setSessionCookies(http, {
        accessToken,
        accessMaxAgeSeconds: expiresInSeconds,
        refreshToken,
        refreshMaxAgeSeconds: maxAgeSeconds,
      });
      return { user, accessToken, expiresInSeconds };
    }

    ctx.provide(
      accounts,
      {
        authenticate: createAuthenticate(),
        createUser: (user) => users.create(user),
        find: (userId) => users.find(userId),
        findByEmail: (email) => users.findByEmail(email),
        async signIn(user, http) {
          // The cookies of the browser are about to be replaced, so its former session could never be used again.
          const former = parseRefreshToken(readRefreshCookie(http));
          if (former) await sessions.endByToken(former);
          return deliver(user, await sessions.open(user, http), http);
        },
        administrators: () => users.administrators(),
        signOut: clearSessionCookies,
        revokeAll: async (userId, exceptSessionId) => void (await sessions.endAll(userId, exceptSessionId)),
      },
      {},
    );
    ctx.on(personExport, ({ userId }) => ({
      pluginId: ctx.id,
      files: [exportAccount(() => users.find(userId))],
    }));
    ctx.on(personErase, async ({ userId }) => ({
      pluginId: ctx.id,
      items: [
        { what: 'account', count: await users.remove(userId) },
        { what: 'sessions', count: await sessions.endAll(userId) },
      ],
    }));
    ctx.on(authResolve, (http) => resolver.resolve(http));
    ctx.on(hostReady, async ({ url }) => {
      const isDone = (await ctx.store(setupEntity, system).find(SETUP_ID)) !== undefined;
      if (isDone) return undefined;
      return { label: 'Create the administrator account', text: `${url}/register?setup=${setupToken.issue()}` };
    });
    ctx.routes(identityContract, createHandlers({ users, sessions, deliver }));
  },
});
