import { CORE_SCHEMA, dump, load } from 'js-yaml'
import { ALIAS_SECTIONS, type Aliases, type AliasSection } from '../environments/aliases.ts'
import { isObject, type JsonObject, own, withKey } from '../model/json.ts'
import { editText } from './edit.ts'
import { placeSorted } from './place-sorted.ts'

const EXPLANATION = `# What the names in the shared files mean in this workspace: a name that files give as \`source\` or
# \`destination\`, and the slug that it stands for here (the manifest lists the slugs). For example:
#
# sources:
#   main-database: source-001
# destinations:
#   crm-platform: destination-001
`

/** The text of the alias file (F17): comments alone until somebody needs it, then edited in place. */
export function writeAliasFile(existing: string | null, aliases: Aliases): string {
  if (existing === null) {
    const file = withAliases({}, aliases)
    return Object.keys(file).length === 0 ? EXPLANATION : `${EXPLANATION}\n${dump(file)}`
  }
  const value = load(existing, { schema: CORE_SCHEMA })
  const before = isObject(value) ? value : {}
  return editText(existing, before, withAliases(before, aliases))
}

function withAliases(file: JsonObject, aliases: Aliases): JsonObject {
  return ALIAS_SECTIONS.reduce((current, section) => withSection(current, section, aliases), file)
}

/** A section that the file lacks comes with its first alias; one that it has stays when its last alias goes. */
function withSection(file: JsonObject, section: AliasSection, aliases: Aliases): JsonObject {
  const old = own(file, section)
  if (aliases[section].size === 0 && !isObject(old)) return file
  return withKey(file, section, placeSorted(isObject(old) ? old : {}, aliases[section]))
}
