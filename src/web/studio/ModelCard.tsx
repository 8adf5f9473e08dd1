import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs'
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { KindIcon, kindColor } from '../components/KindIcon.tsx'
import { GitStateIcon } from '../git/GitStateIcon.tsx'
import { GIT_STATES } from '../git/git-words.ts'
import { count } from '../words/count.ts'
import c from './canvas.module.css'
import type { Card } from './schema-graph.ts'

type Props = { readonly card: Card; readonly to: string; readonly dim: boolean; readonly focused: boolean }

export function ModelCard({ card, to, dim, focused }: Props) {
  const git = GIT_STATES[card.resource.git.state]
  const KeyIcon = card.kind === 'event-models' ? IconClock : IconKey
  return (
    <article
      className={c.card}
      style={{ '--kind': kindColor(card.kind) }}
      {...(dim ? { 'data-dim': true } : {})}
      {...(focused ? { 'data-focused': true } : {})}
    >
      <header className={c['card-head']}>
        <KindIcon kind={card.kind} size={15} />
        <Link
          to={to}
          className={c['card-name']}
          data-card={card.id}
          title={card.name}
          aria-label={`${card.name}, ${KIND_WORDS[card.kind]}`}
        >
          {card.name}
        </Link>
        <span style={{ color: `var(--${git.tone})` }} title={git.word}>
          <GitStateIcon state={card.resource.git.state} size={15} />
          <span className="visually-hidden">{git.word}</span>
        </span>
      </header>
      <code className={c['card-from']} title={card.from}>
        {card.from}
      </code>
      <footer className={c['card-foot']}>
        {card.key !== '' && (
          <span>
            <KeyIcon size={12} stroke={2} aria-hidden /> <code>{card.key}</code>
          </span>
        )}
        {card.described !== null && <span>{count(card.described, 'column')} described</span>}
      </footer>
    </article>
  )
}
