import type { Principal, StoreOf } from '@parley/contracts';
import type { Home } from '../contract/index.ts';
import type { homeEntity } from './entities.ts';

/** The homes of people: at most one for each. */
export function createHomes(homesOf: (principal: Principal) => StoreOf<typeof homeEntity>) {
  const find = async (principal: Principal) => (await homesOf(principal).list({ limit: 1 })).items[0];
  return {
    async get(principal: Principal): Promise<Home | undefined> {
      const home = await find(principal);
      return home && { place: home.place, unit: home.unit };
    },
    async set(principal: Principal, home: Home): Promise<Home> {
      const present = await find(principal);
      if (present) await homesOf(principal).update(present.id, home);
      else await homesOf(principal).insert(home);
      return home;
    },
  };
}

/** The homes of people. */
export type Homes = ReturnType<typeof createHomes>;
