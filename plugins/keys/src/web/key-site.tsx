import { ExternalLinkIcon } from '@parley/ui/icon';
import { VisuallyHidden } from '@parley/ui/visually-hidden';
import styles from './keys.module.css';
import { messages } from './messages.ts';

/** The way to the page on which a provider makes keys. */
export const KeySite = ({ site }: { readonly site: string }) => (
  <a href={site} target="_blank" rel="noreferrer noopener" className={styles['site']}>
    {messages.site(new URL(site).host)}
    <ExternalLinkIcon />
    <VisuallyHidden>{messages.opensTab}</VisuallyHidden>
  </a>
);
