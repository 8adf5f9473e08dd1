const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|-?\d+(?:\.\d+)?|[\w$]+|=>|\.\.\.|[^\s\w]/g

/** The words of TypeScript declarations, without comments. */
export function tokensOf(text) {
  return [...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => !/^\/[*/]/.test(token))
}
