// Preloaded by continue.mjs: the launcher is gone without a word, so this process goes as abruptly.
if (process.channel) {
  process.channel.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}
