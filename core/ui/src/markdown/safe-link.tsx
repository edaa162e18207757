import type { ReactNode } from 'react';
import { toSafeUrl } from './safe-url.ts';

/** Props of `SafeLink`. */
export interface SafeLinkProps {
  /** What the model wrote; anything but http, https, mailto and relative addresses is dropped. */
  readonly href: string;
  readonly children: ReactNode;
}

/** A link from a model's text. Without a usable address its text stands alone. */
export function SafeLink({ href, children }: SafeLinkProps) {
  const address = href === '' ? undefined : toSafeUrl(href, 'link');
  if (address === undefined) return <>{children}</>;
  const leave = address.isRemote ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
  return (
    <a href={address.url} {...leave}>
      {children}
    </a>
  );
}
