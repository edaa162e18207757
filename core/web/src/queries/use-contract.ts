import type { Contract, Operations } from '@parley/contracts';
import { useHost } from '../host/use-host.ts';
import type { ContractAccess } from './create-queries.ts';

/**
 * The typed client and the query helpers of a contract; the same objects at each render.
 * @example const { queries } = useContract(notesContract); const list = useQuery(queries.list.options({ conversationId }));
 */
export const useContract = <O extends Operations>(contract: Contract<O>): ContractAccess<O> =>
  useHost().contract(contract);
