const isSignal = (value: unknown): value is AbortSignal =>
  Object.prototype.toString.call(value) === '[object AbortSignal]';

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The arguments of a call, each signal among them, itself or as `signal` of a plain object, aborting with `limit` too. */
export function limitSignal(args: readonly unknown[], limit: AbortSignal): unknown[] {
  return args.map((arg) => {
    if (isSignal(arg)) return AbortSignal.any([arg, limit]);
    if (isPlain(arg) && isSignal(arg['signal'])) return { ...arg, signal: AbortSignal.any([arg['signal'], limit]) };
    return arg;
  });
}
