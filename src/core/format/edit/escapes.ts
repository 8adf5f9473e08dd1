/** Whether a text holds what only double quotes can: control characters, lone surrogates, odd line breaks. */
export function needsEscapes(text: string): boolean {
  return /[^\P{Cc}\n\t]|[\p{Cs}\ufeff\ufffe\uffff\u2028\u2029]/u.test(text)
}
