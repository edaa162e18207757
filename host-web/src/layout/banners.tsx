import { WifiOffIcon } from '@parley/ui/icon';
import { useConnection } from '@parley/web';
import styles from './banners.module.css';
import { messages } from '../messages.ts';

/** Says that the server can't be reached, for as long as it can't. */
export function Banners() {
  if (useConnection() === 'online') return undefined;
  return (
    <p role="status" className={styles['banner']}>
      <WifiOffIcon />
      {messages.offline}
    </p>
  );
}
