import { startTestServer } from '../../plugins/storage-mongo/src/server/fixtures/test-server.ts';

/** Why no MongoDB-compatible server can run here; `undefined` when one can. */
export async function lacksMongoDb(): Promise<string | undefined> {
  try {
    await (await startTestServer()).stop();
    return undefined;
  } catch (error) {
    return `a MongoDB-compatible server can not be started: ${String(error)}`;
  }
}
