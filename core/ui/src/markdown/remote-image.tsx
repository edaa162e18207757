import { useState } from 'react';
import { Button } from '../button/button.tsx';
import { ImageIcon } from '../icon/index.ts';
import { useUiMessages } from '../provider/messages.ts';
import styles from './markdown.module.css';
import { SafeLink } from './safe-link.tsx';
import { toSafeUrl } from './safe-url.ts';

/** Props of `RemoteImage`. */
export interface RemoteImageProps {
  readonly source: string;
  readonly alt: string;
}

/**
 * An image from a model's text. From another host it loads only when asked for: its address could carry out what the
 * conversation holds. When it can't be shown, its text remains as a link.
 */
export function RemoteImage({ source, alt }: RemoteImageProps) {
  const messages = useUiMessages();
  const [state, setState] = useState<'waiting' | 'asked' | 'failed'>('waiting');
  const address = source === '' ? undefined : toSafeUrl(source, 'image');
  if (address === undefined) return <>{alt}</>;
  if (state === 'failed') return <SafeLink href={address.url}>{alt === '' ? address.url : alt}</SafeLink>;
  if (address.isRemote && state === 'waiting') {
    return (
      <span className={styles.imageOffer}>
        <Button size="small" icon={<ImageIcon />} onPress={() => setState('asked')}>
          {messages.loadImage(address.host)}
        </Button>
        {alt === '' ? undefined : <span className={styles.imageText}>{alt}</span>}
      </span>
    );
  }
  return (
    <img
      className={styles.image}
      src={address.url}
      alt={alt}
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setState('failed')}
    />
  );
}
