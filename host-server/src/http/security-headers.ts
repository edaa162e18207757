import type { RequestHandler } from 'express';

const POLICIES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'midi',
  'payment',
  'usb',
];

const COMMON: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  // The page itself may ask for the microphone, to dictate; nobody in a frame may.
  ['permissions-policy', [...POLICIES.map((name) => `${name}=()`), 'microphone=(self)'].join(', ')],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
];

const HSTS = 'max-age=31536000; includeSubDomains';

/** Headers of every reply. The page replaces the content security policy by its own. */
export const securityHeaders: RequestHandler = (request, response, next) => {
  for (const [name, value] of COMMON) response.setHeader(name, value);
  if (request.secure) response.setHeader('strict-transport-security', HSTS);
  next();
};

/** The content security policy of files of the page: a worker obeys that of its own script, and loads chunks from here. */
export const FILE_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** The content security policy of the page, for one nonce. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
