import { TabList as AriaTabList, type TabListProps as AriaTabListProps } from 'react-aria-components/Tabs';
import { joinClasses } from '../class-names.ts';
import styles from './tabs.module.css';

/** Props of `TabList`. */
export interface TabListProps<T> extends Omit<AriaTabListProps<T>, 'className' | 'style' | 'render' | 'aria-label'> {
  /** What the tabs choose between. */
  readonly label: string;
  readonly className?: string;
}

/** The row of tabs; arrow keys move along it. */
export function TabList<T extends object>({ label, className, ...rest }: TabListProps<T>) {
  return <AriaTabList {...rest} aria-label={label} className={joinClasses(styles.list, className)} />;
}
