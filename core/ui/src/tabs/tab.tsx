import { Tab as AriaTab, type TabProps as AriaTabProps } from 'react-aria-components/Tabs';
import { joinClasses } from '../class-names.ts';
import styles from './tabs.module.css';

/** Props of `Tab`. */
export interface TabProps extends Omit<AriaTabProps, 'className' | 'style' | 'render'> {
  readonly id: string;
  readonly className?: string;
}

/** One tab of a `TabList`. */
export function Tab({ className, ...rest }: TabProps) {
  return <AriaTab {...rest} className={joinClasses(styles.tab, className)} />;
}
