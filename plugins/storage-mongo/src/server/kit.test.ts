import { beforeAll, describe, it } from '@jest/globals';
import { whyNoServer } from './fixtures/shared-server.ts';
import { kits } from './kit.ts';

beforeAll(async () => {
  await whyNoServer();
}, 600_000);

for (const kit of kits) kit.test({ describe, it });
