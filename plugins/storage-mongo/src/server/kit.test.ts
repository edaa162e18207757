import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { stopSharedServer, whyNoServer } from './fixtures/shared-server.ts';
import { kits } from './kit.ts';

afterAll(stopSharedServer);

beforeAll(async () => {
  await whyNoServer();
}, 600_000);

for (const kit of kits) kit.test({ describe, it });
