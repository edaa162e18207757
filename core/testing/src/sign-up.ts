import { hostReady } from '@parley/contracts';
import type { User } from '@parley/contracts';
import type { Kernel } from '@parley/kernel';
import type { TestSession } from './test-session.ts';

/** Somebody signed in, in a browser of their own. */
export interface TestUser extends TestSession {
  readonly user: User;
  readonly email: string;
  readonly password: string;
  /** For calls without cookies: `authorization: Bearer ...`. */
  readonly accessToken: string;
}

/** Long enough for every policy, and nothing a list of leaked passwords holds. */
const PASSWORD = 'quiet-otter-over-the-weir-42';

/** Signs `name` up over HTTP; with a host to ask for its setup link, as the administrator. */
export async function signUp(
  session: TestSession,
  name: string,
  host?: { readonly kernel: Kernel; readonly url: string },
): Promise<TestUser> {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@example.org`;
  const setupToken = host && (await readSetupToken(host.kernel, host.url));
  const response = await session.request('/api/auth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, name, password: PASSWORD, ...(setupToken ? { setupToken } : {}) }),
  });
  const reply = (await response.json()) as { readonly user: User; readonly accessToken: string };
  if (!response.ok) throw new Error(`Sign-up of ${name} failed: ${response.status} ${JSON.stringify(reply)}`);
  return { ...session, user: reply.user, email, password: PASSWORD, accessToken: reply.accessToken };
}

async function readSetupToken(kernel: Kernel, url: string): Promise<string> {
  const notices = await kernel.hook(hostReady).run({ url }, kernel.call());
  for (const { text } of notices) {
    const token = URL.canParse(text) ? new URL(text).searchParams.get('setup') : undefined;
    if (token) return token;
  }
  throw new Error('The composition prints no setup link; an administrator exists already, or `identity` is missing');
}
