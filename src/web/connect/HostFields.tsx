import { Select, TextInput } from '@mantine/core'
import f from '../components/form.module.css'
import c from './connect.module.css'
import type { ConnectDraft, HostChoice } from './draft.ts'
import { hostGuide } from './host-guides.ts'

const HOSTS: readonly { readonly value: HostChoice; readonly label: string }[] = [
  { value: '', label: 'By its address' },
  { value: 'github', label: 'GitHub' },
  { value: 'gitlab', label: 'GitLab' },
  { value: 'bitbucket', label: 'Bitbucket Cloud' },
  { value: 'azure-devops', label: 'Azure DevOps' },
  { value: 'gitea', label: 'Gitea or Forgejo' },
  { value: 'none', label: 'Another one' },
]

const FOR = 'For pull requests, checks and the webhook.'
const SHORT = 'Choose it to see what to click there.'

type Props = {
  readonly draft: ConnectDraft
  readonly change: (change: Partial<ConnectDraft>) => void
}

/** The service whose API is used for pull requests, and what it wants: what to click, and the least rights. */
export function HostFields({ draft, change }: Props) {
  const guide = hostGuide(draft)
  const hasApi = draft.host !== '' && draft.host !== 'none'
  return (
    <>
      <div className={f.pair}>
        <Select
          label="Host"
          description={guide === null ? SHORT : FOR}
          data={[...HOSTS]}
          value={draft.host}
          allowDeselect={false}
          onChange={(value) => change({ host: HOSTS.find((one) => one.value === value)?.value ?? '' })}
        />
        {hasApi && (
          <TextInput
            label="API address"
            description="Empty: where this kind of server has it."
            value={draft.apiUrl}
            onChange={(event) => change({ apiUrl: event.currentTarget.value })}
            styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 13 } }}
          />
        )}
      </div>
      {guide !== null && (
        <section className={c.guide} aria-label={guide.title}>
          <h3>{guide.title}</h3>
          <ol>
            {guide.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <dl>
            {guide.rights.map(({ name, use }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{use}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}
