import { setFlagsFromString } from 'node:v8'

/**
 * V8 lets its heap grow to several times what lives in it before it looks for what does not. A sync of ten
 * thousand resources leaves much behind at every step: with a quarter instead, the server's peak goes from 500
 * to 370 MB. Called before anything large is loaded.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=25')
}
