import { useHost, useSession } from '@parley/web';
import { Link } from '@parley/web/router';
import { useEffect } from 'react';
import { Composer } from '../composer/composer.tsx';
import { messages } from '../messages.ts';
import { useAskOptions, useWebSearch } from '../state/ask-options.ts';
import { NEW_CHAT } from '../state/drafts.ts';
import { useDrafts } from '../state/use-drafts.ts';
import { useModel, useRememberModel } from '../state/use-model.ts';
import { useSend } from '../state/use-send.ts';
import { ExamplePrompts } from './example-prompts.tsx';
import styles from './new-chat-page.module.css';
import { RecentConversations } from './recent-conversations.tsx';

/** Where a conversation begins. */
export function NewChatPage() {
  const host = useHost();
  const { user } = useSession();
  const choice = useModel(undefined);
  const remember = useRememberModel();
  const sending = useSend();
  const optionsFor = useAskOptions(undefined, choice.models);
  const [isSearching, setSearching] = useWebSearch(undefined);
  const drafts = useDrafts();
  useEffect(() => {
    document.title = `${messages.newChat} · ${host.config.name}`;
  }, [host]);
  const begin = (text: string) => {
    if (!choice.model) return;
    const model = choice.model.id;
    const options = optionsFor(model);
    const conversationId = sending.begin({ text, model, options }, () => drafts.settle(NEW_CHAT, text));
    if (isSearching) {
      setSearching(true, conversationId);
      setSearching(false);
    }
    remember(conversationId, model);
    host.navigate(`/c/${conversationId}`);
  };
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.greeting}>{messages.greeting(user?.name.split(' ')[0])}</h1>
        <Composer choice={choice} isRunning={false} onSend={begin} />
        {choice.model?.demo ? (
          <p className={styles.demo}>
            {messages.demoHint}{' '}
            {user?.roles.includes('admin') ? (
              <Link to="/admin/models">{messages.demoNextAdmin}</Link>
            ) : (
              <Link to="/settings/keys">{messages.demoNextUser}</Link>
            )}
          </p>
        ) : undefined}
        <ExamplePrompts onPick={begin} />
        <RecentConversations />
      </div>
    </div>
  );
}
