/** Largest path and query, bytes. */
export const MAX_URL_BYTES = 8 * 1024;
/** Largest JSON body without a limit of the operation's own, bytes. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** Deepest nesting of a JSON body, and most keys in all of its objects together. */
export const MAX_JSON_DEPTH = 32;
export const MAX_JSON_KEYS = 1000;
