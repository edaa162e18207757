import { Sheet } from '@parley/ui/dialog';
import { useHost } from '@parley/web';
import styles from './side-bar.module.css';
import { SideBarContent } from './side-bar-content.tsx';

/** The side bar of narrow screens, over the page. */
export function SideBarSheet({ onClose }: { readonly onClose: () => void }) {
  const { config } = useHost();
  return (
    <Sheet title={config.name} side="start" isOpen onOpenChange={onClose} className={styles['sheet'] ?? ''}>
      <SideBarContent />
    </Sheet>
  );
}
