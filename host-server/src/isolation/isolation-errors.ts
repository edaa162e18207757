import { defineErrors } from '@parley/contracts';

/** What can go wrong with plugins that run in a process of their own. */
export const isolationErrors = defineErrors('isolation', {
  PLUGIN_CRASHED: [502, 'The process of plugin {plugin} has ended: {reason}; try again in a moment'],
  DOOR_FAILED: [500, 'Plugin {door} can not run in a process of its own: {reason}'],
  CHANGED: [500, 'Plugin {plugin} has changed since it was read; load the composition again'],
  PROTOCOL: [500, 'The process of a plugin broke the protocol: {reason}'],
  TOO_LARGE: [413, 'A message of {bytes} bytes does not fit between two processes; at most {maxBytes} do'],
  NOT_SENDABLE: [500, '{what} can not be sent to another process: {reason}'],
  SYNC_METHOD: [
    500,
    'Method {method} of {what} answers at once, and what crosses a process boundary answers later; make it async, or run the plugin inline',
  ],
  NO_METHOD: [500, '{what} has no method {method}'],
  GONE: [500, 'The other process uses {what}, which it no longer holds'],
  FOREIGN_PRINCIPAL: [
    403,
    'A plugin in a process of its own may act only for principals that a call handed to it, or as ctx.system; this one it made itself',
  ],
  UNSUPPORTED: [500, 'Plugin {plugin} runs in a process of its own, where {what} is not available: {reason}'],
  TRANSACTION_TIMEOUT: [504, 'A transaction of plugin {plugin} was rolled back: it took longer than {timeoutMs} ms'],
});
