import { TriangleAlertIcon, WifiOffIcon } from '@parley/ui/icon';
import { useConnection, useSaving } from '@parley/web';
import type { ReactNode } from 'react';
import styles from './banners.module.css';
import { messages } from '../messages.ts';

/** Says that the server can't be reached, or can't save, for as long as it can't. */
export function Banners() {
  const connection = useConnection();
  const saving = useSaving();
  if (connection === 'offline') return <Banner icon={<WifiOffIcon />}>{messages.offline}</Banner>;
  return saving === 'fails' ? <Banner icon={<TriangleAlertIcon />}>{messages.cannotSave}</Banner> : undefined;
}

function Banner({ icon, children }: { readonly icon: ReactNode; readonly children: string }) {
  return (
    <p role="status" className={styles['banner']}>
      {icon}
      {children}
    </p>
  );
}
