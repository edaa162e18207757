import { Tabs as AriaTabs, type TabsProps as AriaTabsProps } from 'react-aria-components/Tabs';
import { joinClasses } from '../class-names.ts';
import styles from './tabs.module.css';

/** Props of `Tabs`. */
export interface TabsProps extends Omit<AriaTabsProps, 'className' | 'style' | 'render'> {
  readonly className?: string;
}

/** Panels of which one is shown: a `TabList` of `Tab`s, and a `TabPanel` for each id. */
export function Tabs({ className, ...rest }: TabsProps) {
  return <AriaTabs {...rest} className={joinClasses(styles.tabs, className)} />;
}
