import { TabPanel as AriaTabPanel, type TabPanelProps as AriaTabPanelProps } from 'react-aria-components/Tabs';
import { joinClasses } from '../class-names.ts';
import styles from './tabs.module.css';

/** Props of `TabPanel`. */
export interface TabPanelProps extends Omit<AriaTabPanelProps, 'className' | 'style' | 'render'> {
  /** The id of its tab. */
  readonly id: string;
  readonly className?: string;
}

/** What stands under the tab of the same id; mounted only while it is shown. */
export function TabPanel({ className, ...rest }: TabPanelProps) {
  return <AriaTabPanel {...rest} className={joinClasses(styles.panel, className)} />;
}
