/** An address that may be used, and whether it leaves this origin. */
export interface SafeUrl {
  readonly url: string;
  readonly isRemote: boolean;
  /** Host of a remote address, for saying where it goes. */
  readonly host: string;
}

const PROTOCOLS: Readonly<Record<'link' | 'image', readonly string[]>> = {
  link: ['http:', 'https:', 'mailto:'],
  image: ['http:', 'https:'],
};
const pageUrl = () => (typeof document === 'undefined' ? 'http://localhost/' : document.baseURI);

/**
 * The address a model wrote, when it is http, https, mailto (links only) or relative; `undefined` for all else.
 * It is read by the browser's own parser, so that hidden control characters and backslashes mean here what they mean there.
 */
export function toSafeUrl(text: string, use: 'link' | 'image'): SafeUrl | undefined {
  if (!URL.canParse(text, pageUrl())) return undefined;
  const page = new URL(pageUrl());
  const url = new URL(text, page);
  if (!PROTOCOLS[use].includes(url.protocol)) return undefined;
  return { url: text.trim(), isRemote: url.protocol === 'mailto:' || url.origin !== page.origin, host: url.host };
}
