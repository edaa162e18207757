import { KitSkip } from './kits/kit.ts';

/**
 * Ends a test that needs a program this machine does not have. @throws KitSkip with the reason, or an Error where the
 * environment has REQUIRE_SERVICES=1
 */
export function missingService(reason: string): never {
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`REQUIRE_SERVICES=1: ${reason}`);
  throw new KitSkip(reason);
}
