import { type ComboboxParsedItem, defaultOptionsFilter } from '@mantine/core'

type Asked = { readonly options: ComboboxParsedItem[]; readonly search: string; readonly limit: number }

/**
 * What a field with free text offers: while it holds exactly one of the choices, all of them, for the person
 * opens it to see what else there is; else those that hold what is typed.
 */
export function allWhenChosen({ options, search, limit }: Asked) {
  const isChosen = options.some((option) => 'value' in option && option.value === search)
  return defaultOptionsFilter({ options, search: isChosen ? '' : search, limit })
}
