/** A finding and its mend as one text; a mend that only lists what the message lists already is left out. */
export function findingWords({ message, hint }: { readonly message: string; readonly hint?: string | null }) {
  if (!hint) return message
  const said = new Set(namesIn(message))
  const names = namesIn(hint)
  const repeats = names.length > 1 && /^Write one of /.test(hint) && names.every((name) => said.has(name))
  return repeats ? message : `${message} ${hint}`
}

function namesIn(text: string): string[] {
  return text.split('`').filter((_, i) => i % 2 === 1)
}
