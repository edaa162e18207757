import { AppError, defineErrors } from '@parley/contracts';

/** What the kernel itself can refuse or fail at. */
export const kernelErrors = defineErrors('kernel', {
  INVALID: [500, 'The composition can not start'],
  CRITICAL_FAILED: [500, 'Plugin {plugin} is critical and did not start: {reason}'],
  APPLY_FAILED: [422, 'Plugin {plugin} did not start, so everything stays as it was: {reason}'],
  UNKNOWN_PLUGIN: [404, 'There is no plugin {plugin}; the plugins are: {known}'],
  STOPPED: [503, 'The kernel has stopped'],
  START_TIMEOUT: [504, 'setup of plugin {plugin} did not finish within {timeoutMs} ms'],
  PLUGIN_DISPOSED: [
    500,
    'Plugin {plugin} has stopped: {member} can not be used any more; end its timers, listeners and loops with ctx.effect or ctx.signal',
  ],
  UNDECLARED: [500, 'Plugin {plugin} uses {what} without declaring it; add to its definition: {line}'],
  PIN_ENDED: [500, 'Plugin {plugin} uses a pin after disposing it; dispose it when the run is over'],
  NOT_GRANTED: [403, 'Plugin {plugin} may not use {what}; allow it in its entry of the composition: {line}'],
  BREAKER_OPEN: [
    503,
    'Plugin {plugin} is not called for now: {reason}; the next call in {seconds} s tries it again. See the log of {plugin} for its errors',
  ],
  CAPABILITY_TIMEOUT: [
    504,
    'Plugin {plugin} did not finish {method} of its capability {capability} within {timeoutMs} ms; {elapsedMs} ms have passed',
  ],
  CAPABILITY_NOT_FOUND: [503, 'No implementation of {capability} has the key {key}; the keys are: {keys}'],
  CAPABILITY_TAKEN: [500, 'Plugin {plugin} can not provide {capability} under {key}: plugin {other} already does'],
  DESCRIPTOR_INVALID: [500, 'The descriptor that plugin {plugin} gives for {capability} does not fit: {reason}'],
  HOOK_FAILED: [500, 'Plugin {plugin} failed in hook {hook}'],
  HOOK_TIMEOUT: [504, 'Plugin {plugin} did not finish hook {hook} within {timeoutMs} ms; {elapsedMs} ms have passed'],
  HOOK_CYCLE: [500, 'The taps of hook {hook} can not be put in an order: {path}; drop one before or after'],
  HOOK_MISMATCH: [500, 'Hook {hook} is known as {known} and is used as {used}; two definitions share one id'],
  GATE_FAILED: [403, 'Plugin {plugin} could not decide in hook {hook}, so the answer is no'],
  ROUTE_REFUSED: [500, 'Plugin {plugin} can not serve {operation}: {reason}'],
  TRANSACTION_OVER: [
    500,
    'Plugin {plugin} uses a store of a transaction that is over; await all of its work inside ctx.transaction',
  ],
  PARENT_NEEDED: [
    500,
    'A {entity} belongs to its {parent}: use store.within({parent}).{method}(...), since an id alone says nothing of whose child it is',
  ],
  UNKNOWN_COLLECTION: [500, 'No plugin in use keeps the collection {collection}; the collections are: {known}'],
  ANONYMOUS_STORE: [401, 'Records of {entity} need somebody who has signed in'],
});

/** One error with every problem of a composition or its settings. Shape: `details.problems` lists them. */
export const invalidComposition = (problems: readonly string[]): AppError =>
  new AppError({
    code: kernelErrors.INVALID.code,
    status: kernelErrors.INVALID.status,
    message: [`${kernelErrors.INVALID.template}; ${problems.length} to solve:`, ...problems].join('\n  - '),
    details: { problems },
  });

/** What an error says, for an operator. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
