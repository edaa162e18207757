import type { ReactNode } from 'react';
import {
  Header,
  MenuSection as AriaMenuSection,
  type MenuSectionProps as AriaMenuSectionProps,
} from 'react-aria-components/Menu';
import { joinClasses } from '../class-names.ts';
import styles from './menu.module.css';

/** Props of `MenuSection`. */
export interface MenuSectionProps
  extends Omit<AriaMenuSectionProps<object>, 'className' | 'style' | 'children' | 'items'> {
  /** A heading of the group; without one give `aria-label`. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** Items that belong together, set apart from the next ones by a line. */
export function MenuSection({ title, children, ...rest }: MenuSectionProps) {
  return (
    <AriaMenuSection {...rest} className={joinClasses(styles.section)}>
      {title === undefined ? undefined : <Header className={joinClasses(styles.title)}>{title}</Header>}
      {children}
    </AriaMenuSection>
  );
}
