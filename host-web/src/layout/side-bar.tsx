import { BrandMark } from '@parley/ui/brand-mark';
import { IconButton } from '@parley/ui/button';
import { PanelLeftIcon } from '@parley/ui/icon';
import { useHost } from '@parley/web';
import { messages } from '../messages.ts';
import styles from './side-bar.module.css';
import { SideBarContent } from './side-bar-content.tsx';

/** The side bar of wide screens. */
export function SideBar({ onClose }: { readonly onClose: () => void }) {
  const { config } = useHost();
  return (
    <div className={styles['bar']}>
      <div className={styles['brand']}>
        <BrandMark />
        <span className={styles['name']}>{config.name}</span>
        <IconButton label={messages.closeSideBar} size="small" onPress={onClose} className={styles['close'] ?? ''}>
          <PanelLeftIcon />
        </IconButton>
      </div>
      <SideBarContent />
    </div>
  );
}
