import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { deniedAddress } from './denied-address.ts';

/** Resolves a name to all its addresses. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveAll: Resolve = (hostname, done) => lookup(hostname, { all: true }, done);

/** A name stands for an address that nobody may reach. */
export class AddressDenied extends Error {}

/**
 * A look-up for sockets that fails when one of the addresses is not public. The socket connects to what was checked, so
 * a name that changes its answer between check and use gains nothing.
 */
export const createCheckedLookup =
  (resolve: Resolve = resolveAll): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error) return done(error, '', 0);
      const reason = addresses.map(({ address }) => deniedAddress(address)).find((denied) => denied !== undefined);
      const [first] = addresses;
      if (reason !== undefined) return done(new AddressDenied(reason), '', 0);
      if (!first) return done(new Error(`${hostname} has no address`), '', 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
