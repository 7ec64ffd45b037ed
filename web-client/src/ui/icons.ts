const MIC = ['M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3Z', 'M5.5 11a6.5 6.5 0 0 0 13 0', 'M12 17.5V21']
const CAMERA = ['M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Z', 'M15 11l6-3.5v9L15 13']
const SLASH = 'M3.5 3.5l17 17'

/** Paths on a 24 × 24 grid, drawn as strokes in the text colour. */
export const icons = {
  mic: MIC,
  'mic-off': [...MIC, SLASH],
  camera: CAMERA,
  'camera-off': [...CAMERA, SLASH],
  leave: ['M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4', 'M15 8l4 4-4 4', 'M19 12H9'],
  document: ['M6 3h8l4 4v14H6Z', 'M14 3v4h4', 'M9 12h6', 'M9 16h6'],
  check: ['M4.5 12.5l5 5 10-11'],
  copy: ['M9 9h11v11H9Z', 'M15 9V4H4v11h5'],
  play: ['M7 4.5v15l12-7.5Z'],
  pause: ['M8 5v14', 'M16 5v14'],
  back: ['M11 6l-6 6 6 6', 'M19 6l-6 6 6 6'],
  forward: ['M5 6l6 6-6 6', 'M13 6l6 6-6 6'],
  warning: ['M12 4l9 16H3Z', 'M12 10v4', 'M12 17v.01'],
  lock: ['M6 11h12v9H6Z', 'M8.5 11V8a3.5 3.5 0 0 1 7 0v3'],
  shield: ['M12 3l8 3v6c0 4.5-3.2 7.7-8 9-4.8-1.3-8-4.5-8-9V6Z', 'M8.5 12l2.5 2.5 4.5-5'],
  plus: ['M12 5v14', 'M5 12h14'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  download: ['M12 4v11', 'M7 11l5 5 5-5', 'M5 20h14'],
  person: ['M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z', 'M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6'],
  phone: ['M7 3h10v18H7Z', 'M11 18h2'],
  clock: ['M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z', 'M12 7v5l3.5 2'],
  arrow: ['M5 12h14', 'M13 6l6 6-6 6'],
  volume: ['M4 10v4h4l5 4V6l-5 4Z', 'M17 9c1.5 2 1.5 4 0 6'],
  'volume-off': ['M4 10v4h4l5 4V6l-5 4Z', 'M17 10l4 4', 'M21 10l-4 4'],
} as const satisfies Record<string, readonly string[]>

export type IconName = keyof typeof icons
