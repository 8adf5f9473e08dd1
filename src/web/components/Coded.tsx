/** A message with the names that stand between backticks set as code. */
export function Coded({ text }: { readonly text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
      <code key={i}>{part}</code>
    ),
  )
}
