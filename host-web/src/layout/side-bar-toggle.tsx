import { IconButton } from '@parley/ui/button';
import { PanelLeftIcon } from '@parley/ui/icon';
import { messages } from '../messages.ts';
import styles from './side-bar-toggle.module.css';

/** Opens the side bar; stands at the start of the main column while it is away. */
export function SideBarToggle({ onPress }: { readonly onPress: () => void }) {
  return (
    <div className={styles['place']}>
      <IconButton label={messages.openSideBar} onPress={onPress}>
        <PanelLeftIcon />
      </IconButton>
    </div>
  );
}
