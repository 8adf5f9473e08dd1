/** The meanings that have a colour of their own; always shown with an icon and a word. */
export type Tone = 'green' | 'slate' | 'blue' | 'violet' | 'amber' | 'orange' | 'red' | 'grey'

export function toneStyle(tone: Tone): { readonly color: string; readonly background: string } {
  return { color: `var(--${tone})`, background: `var(--${tone}-soft)` }
}
