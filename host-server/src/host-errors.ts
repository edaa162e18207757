import { defineErrors } from '@parley/contracts';

/** What the host itself refuses, before or after a handler ran. */
export const hostErrors = defineErrors('host', {
  NOT_FOUND: [404, 'There is nothing at {method} {path}'],
  METHOD_NOT_ALLOWED: [405, '{path} does not take {method}; it takes {allowed}'],
  INVALID_INPUT: [400, 'The input does not fit: {summary}'],
  MALFORMED_JSON: [400, 'The body is not JSON: {reason}'],
  UNSUPPORTED_TYPE: [415, 'Send the body as {expected} without content encoding; {type} came'],
  TOO_LARGE: [413, 'The body is larger than {maxBytes} bytes'],
  URL_TOO_LONG: [414, 'The URL is longer than {maxBytes} bytes'],
  UNAUTHENTICATED: [401, 'Sign in first'],
  FORBIDDEN: [403, 'This needs the permission {permission}'],
  CROSS_ORIGIN: [403, 'Changes from another origin are refused; the request came from {origin}'],
  UNKNOWN_HOST: [421, 'This server does not answer as {host}; set server.publicUrl to the address it is reached at'],
  INTERNAL: [500, 'Something went wrong on the server; its log has request {requestId}'],
  ROUTE_CONFLICT: [500, 'The operations {first} and {second} are both at {method} {path}; change one path'],
  PLUGIN_NOT_FOUND: [500, 'Plugins that can not be loaded:\n{problems}\nShipped with Parley are: {shipped}'],
  BAD_SETTING: [500, '{name} is {value}; expected {expected}'],
  BAD_CONFIG: [500, '{path} can not be read: {reason}'],
  BAD_COMPOSITION: [
    500,
    '{path} holds the changes made while serving and can not be read: {reason}; repair it, or move it away to start as the config file says',
  ],
  REQUIRED_MISSING: [500, 'The config file requires {names}: {reason}'],
  BAD_WEB_BUILD: [500, 'The web build in {dir} can not be used: {reason}; run `parley build`'],
  BAD_PLUGIN_FILE: [500, 'The installed file {path} {reason}; install its plugin again with `parley plugin add`'],
  BAD_SECRET: [500, '{reason}'],
  NOT_RUNNING: [
    503,
    'No server runs on the data folder {dataDir}; start one with `parley start`, or name another with --data',
  ],
  CUT_OFF: [503, 'The server on {dataDir} ended before its answer was whole; nothing of it was used, so ask again'],
  PORT_IN_USE: [500, 'Port {port} at {address} is taken; stop what uses it or set PORT to another'],
  EGRESS_DENIED: [403, 'Plugin {plugin} may not reach {host}: {reason}'],
});
