declare global {
  interface Window {
    /** Begins or ends a tone without pauses, as of somebody who speaks. */
    heyiSpeak: (speaks: boolean) => void
  }
}

/**
 * Makes the page's camera and microphone give one white flash and one beep each second, in step, so that the
 * recording can be judged by its content. The real fake devices are opened too: permissions stay what they are.
 * Runs inside the page, before its own scripts.
 */
export function beepFlashDevice(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  let source: { video: MediaStreamTrack; audio: MediaStreamTrack } | null = null

  function make(): { video: MediaStreamTrack; audio: MediaStreamTrack } {
    const context = new AudioContext({ sampleRate: 48_000 })
    void context.resume()
    const oscillator = new OscillatorNode(context, { frequency: 1_000 })
    const gate = new GainNode(context, { gain: 0 })
    const speaker = context.createMediaStreamDestination()
    oscillator.connect(gate).connect(speaker)
    const voice = new GainNode(context, { gain: 0 })
    oscillator.connect(voice).connect(speaker)
    window.heyiSpeak = (speaks) => voice.gain.setValueAtTime(speaks ? 0.3 : 0, context.currentTime)
    oscillator.start()
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 240
    const paint = canvas.getContext('2d')
    let scheduled = 0
    function draw(): void {
      const now = context.currentTime
      for (let next = Math.max(scheduled + 1, Math.ceil(now)); next < now + 2; next++) {
        gate.gain.setValueAtTime(0.5, next)
        gate.gain.setValueAtTime(0, next + 0.1)
        scheduled = next
      }
      if (paint === null) return
      const flash = now > 1 && now % 1 < 0.1
      paint.fillStyle = flash ? '#fff' : `rgb(0, 0, ${Math.floor((now * 10) % 40)})`
      paint.fillRect(0, 0, canvas.width, canvas.height)
    }
    setInterval(draw, 20)
    const [video] = canvas.captureStream(30).getVideoTracks()
    const [audio] = speaker.stream.getAudioTracks()
    if (video === undefined || audio === undefined) throw new Error('no synthetic tracks')
    return { video, audio }
  }

  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const real = await open(constraints)
    source ??= make()
    const made = new MediaStream()
    if (real.getVideoTracks().length > 0) made.addTrack(source.video.clone())
    if (real.getAudioTracks().length > 0) made.addTrack(source.audio.clone())
    return made
  }
}
