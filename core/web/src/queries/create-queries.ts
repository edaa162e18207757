import type { Client, Contract, Operations } from '@parley/contracts';
import { type DataTag, type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { UndefinedInitialDataInfiniteOptions, UseMutationOptions } from '@tanstack/react-query';

/** `[contract id, major version, operation, input]`; without input, the prefix of all of the operation's keys. */
export type OperationKey = readonly unknown[];

/** How an infinite query walks: the input field that takes the cursor, the output field that gives the next one. */
export interface Paging<In, Out> {
  readonly cursor: keyof In & string;
  readonly next: keyof Out & string;
}

/** A mutation of React Query, its result and input typed by the operation. */
export type OperationMutation<In, Out, Context = unknown> = UseMutationOptions<Out, Error, In, Context>;

/** Query helpers of one operation. */
export interface OperationQueries<In, Out> {
  /** Key of one input's result; without input, of all results of the operation (to invalidate them). */
  key(input?: In): DataTag<OperationKey, Out, Error>;
  /** For `useQuery`, `useSuspenseQuery`, `prefetchQuery` and the like. */
  options(input: In): {
    readonly queryKey: DataTag<OperationKey, Out, Error>;
    readonly queryFn: (context: { readonly signal: AbortSignal }) => Promise<Out>;
  };
  /** For `useInfiniteQuery`; its key lies below `key(input)`, marked `infinite`. */
  infinite(
    input: In,
    paging: Paging<In, Out>,
  ): UndefinedInitialDataInfiniteOptions<
    Out,
    Error,
    InfiniteData<Out, string | undefined>,
    OperationKey,
    string | undefined
  > & { readonly queryKey: DataTag<OperationKey, InfiniteData<Out, string | undefined>, Error> };
  /** For `useMutation`. */
  mutation<Context = unknown>(
    options?: Omit<OperationMutation<In, Out, Context>, 'mutationFn'>,
  ): OperationMutation<In, Out, Context>;
}

type QueriesOf<Call> = Call extends (input: infer In, ...rest: never[]) => Promise<infer Out>
  ? OperationQueries<In, Out>
  : never;

/** Query helpers of every operation that is not a stream. */
export type Queries<O extends Operations> = {
  readonly [K in keyof O as QueriesOf<Client<O>[K]> extends never ? never : K]: QueriesOf<Client<O>[K]>;
};

/** A contract as web sides use it. Streams are on `client` only. */
export interface ContractAccess<O extends Operations> {
  readonly client: Client<O>;
  readonly queries: Queries<O>;
}

type AnyInput = Readonly<Record<string, unknown>>;
type AnyCall = (input: AnyInput, options: { readonly signal: AbortSignal }) => Promise<unknown>;

/** React Query helpers generated from a contract. */
export function createQueries<O extends Operations>(contract: Contract<O>, client: Client<O>): Queries<O> {
  const major = Number.parseInt(contract.version, 10);
  const names = Object.keys(contract.operations).filter((name) => contract.operations[name]?.stream === false);
  const helpers = names.map((name) => {
    const call = client[name as keyof O] as unknown as AnyCall;
    return [name, operationQueries([contract.id, major, name], call)];
  });
  return Object.fromEntries(helpers) as Queries<O>;
}

function operationQueries(prefix: OperationKey, call: AnyCall) {
  const key = (input?: AnyInput): OperationKey => (input === undefined ? prefix : [...prefix, input]);
  return {
    key,
    options: (input: AnyInput) =>
      queryOptions({ queryKey: key(input), queryFn: ({ signal }) => call(input, { signal }) }),
    infinite: (input: AnyInput, paging: Paging<AnyInput, AnyInput>) =>
      infiniteQueryOptions({
        queryKey: [...key(input), 'infinite'],
        initialPageParam: undefined as string | undefined,
        queryFn: ({ signal, pageParam }) =>
          call(pageParam === undefined ? input : { ...input, [paging.cursor]: pageParam }, { signal }),
        getNextPageParam: (page) => (page as AnyInput)[paging.next] as string | undefined,
      }),
    mutation: (options: object = {}) => ({
      ...options,
      mutationFn: (input: AnyInput) => call(input, { signal: new AbortController().signal }),
    }),
  };
}
