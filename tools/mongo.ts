// npm run mongo -- <command> [...]: runs a command with MONGODB_URI set to a server for tests, which ends with it.
// Without a command the server runs until Ctrl+C. `npm run mongo -- npm test -- plugins/chat` with
// PARLEY_TEST_STORAGE=storage-mongo plays those tests on MongoDB.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run.ts';

interface TestServer {
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

const fixture = join(root, 'plugins/storage-mongo/src/server/fixtures/test-server.ts');
const module = (await import(fixture)) as { readonly startTestServer: () => Promise<TestServer> };
const server = await module.startTestServer();
console.log(`mongo: ${server.name} at MONGODB_URI=${server.name === 'MONGODB_URI' ? '(yours)' : server.url}`);
const [command, ...parameters] = process.argv.slice(2);
const code = await new Promise<number>((resolve) => {
  process.once('SIGINT', () => resolve(0));
  if (command === undefined) return void setInterval(() => undefined, 60_000);
  const child = spawn(command, parameters, { stdio: 'inherit', env: { ...process.env, MONGODB_URI: server.url } });
  child.once('error', () => resolve(1)).once('exit', (exitCode) => resolve(exitCode ?? 1));
  return undefined;
});
await server.stop();
process.exit(code);
