import { buttonClass } from '@parley/ui/button';
import { onboardingStep, Slot, useContributions, useHost, useSession } from '@parley/web';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { messages } from '../messages.ts';
import { ThemeChoice } from './theme-choice.tsx';
import { usePageTitle } from './use-page-title.ts';
import styles from './welcome-page.module.css';

/** The first page after a sign-up: the steps stand on the spine, none of them blocks. */
export function WelcomePage() {
  const { user } = useSession();
  const { navigate } = useHost();
  const steps = useContributions(onboardingStep);
  const title = messages.welcomeTitle(user?.name ?? '');
  usePageTitle(title);
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1 dir="auto" className={styles['title']}>
          {title}
        </h1>
        <p>{messages.welcomeText}</p>
      </header>
      <ol role="list" className={styles['steps']}>
        <Step kind="answer" title={messages.welcomeTryTitle}>
          <p>{messages.welcomeTryText}</p>
          <Link to="/" className={buttonClass({ variant: 'primary' })}>
            {messages.welcomeTryAction}
          </Link>
        </Step>
        {steps.map(({ pluginId, id, title: name }) => (
          <Step key={`${pluginId}/${id}`} kind="ask" title={name ?? id}>
            <Slot
              of={onboardingStep}
              props={{ complete: () => navigate('/') }}
              select={(step) => step.pluginId === pluginId && step.id === id}
            />
          </Step>
        ))}
        <Step kind="you" title={messages.welcomeLookTitle}>
          <ThemeChoice />
        </Step>
      </ol>
    </div>
  );
}

interface StepProps {
  readonly kind: 'you' | 'ask' | 'answer';
  readonly title: string;
  readonly children: ReactNode;
}

const Step = ({ kind, title, children }: StepProps) => (
  <li className={styles['step']} data-kind={kind}>
    <h2 className={styles['stepTitle']}>{title}</h2>
    {children}
  </li>
);
