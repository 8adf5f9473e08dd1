// Before the first paint, so that a dark page never flashes white. A file of its own: the
// Content-Security-Policy allows no inline script.
try {
  const chosen = localStorage.getItem('tandem-color-scheme')
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
} catch {
  // Storage is refused in some private windows: the light page is right then.
}
