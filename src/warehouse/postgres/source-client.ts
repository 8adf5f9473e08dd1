import pg from 'pg'

type Connected = (error: Error | null, client: SourceClient) => void

/**
 * `pg` leaves the socket open when a sign-in fails on its own side (no password for SCRAM): the server
 * would hold a session for it until its time is over.
 */
export class SourceClient extends pg.Client {
  override connect(): Promise<SourceClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<SourceClient> | undefined {
    const connected = new Promise<SourceClient>((resolve, reject) => {
      super.connect((error: Error | null) => {
        if (error) this.connection.stream.destroy()
        if (callback) callback(error, this)
        else if (error) reject(error)
        else resolve(this)
      })
    })
    return callback ? undefined : connected
  }
}
