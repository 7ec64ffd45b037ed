import type { ReplayTrack } from '@/protocol/rest'

/** Everything that one person sent. */
export interface ReplaySeat {
  readonly seatId: string
  readonly name: string
  readonly tracks: readonly ReplayTrack[]
}

/** The tracks person by person, in the order of the record. */
export function replaySeats(tracks: readonly ReplayTrack[]): readonly ReplaySeat[] {
  const bySeat = new Map<string, ReplayTrack[]>()
  for (const track of tracks) {
    const key = track.seatId ?? track.trackId
    bySeat.set(key, [...(bySeat.get(key) ?? []), track])
  }
  return [...bySeat].map(([seatId, own]) => ({
    seatId,
    name: own.find(({ displayName }) => displayName)?.displayName ?? own[0]?.label ?? seatId,
    tracks: own,
  }))
}

/** Who is best shown at a moment: the one who speaks, else the first with a picture. */
export function speakerAt(seats: readonly ReplaySeat[], atMs: number): ReplaySeat | undefined {
  const filmed = seats.filter(({ tracks }) => tracks.some((track) => track.kind === 'video' && runsAt(track, atMs)))
  return filmed.find(({ tracks }) => tracks.some(({ speech = [] }) => speech.some(([from = 0, to = 0]) => atMs >= from && atMs < to))) ?? filmed[0]
}

/** Whether the track has something to play at this moment. */
export function runsAt({ offsetMs, durationMs }: ReplayTrack, atMs: number): boolean {
  return atMs >= offsetMs && atMs < offsetMs + durationMs
}
