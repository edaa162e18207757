/**
 * The address of a Redis server.
 * @throws for anything else, without saying what it was: it may hold a password
 */
export function checkUrl(url: string): string {
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new Error('url must be an address such as redis://user:password@host:6379/0, or rediss:// for TLS');
}
