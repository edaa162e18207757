import type { CallContext, Handlers, HttpExchange } from '@parley/contracts';
import type { authLocalContract } from '../contract/index.ts';
import type { AuthService } from './auth-service.ts';

export const createHandlers = (service: AuthService): Handlers<(typeof authLocalContract)['operations']> => ({
  signUp: (input, call) => service.signUp(input, overHttp(call)),
  signIn: (input, call) => service.signIn(input, overHttp(call)),
  changePassword: (input, call) => {
    const { id: userId, sessionId } = call.principal;
    return service.changePassword(input, { userId, sessionId, ip: overHttp(call).ip });
  },
});

function overHttp({ http }: CallContext): HttpExchange {
  if (!http) throw new Error('Passwords are taken over HTTP only, where addresses are known and cookies can be set');
  return http;
}
