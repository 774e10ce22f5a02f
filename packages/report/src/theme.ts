/**
 * The colours of every picture, each with its counterpart on a dark page.
 *
 * The colours for training and validation, and those for right and wrong, are Okabe and Ito's blue and
 * vermilion (Color Universal Design, 2008). People with any common form of colour blindness can tell them
 * apart. They are darkened until text in them has a contrast of 4.5 : 1.
 * SVG attributes hold the light colour, which `htmlReport` replaces by CSS, so that one drawing fits both
 * pages. The light values are therefore unique, and written in lower-case hexadecimal, as ECharts prints
 * them.
 */
export const theme = {
  surface: { light: '#ffffff', dark: '#171b22' },
  ink: { light: '#1b1f26', dark: '#e8ebf0' },
  muted: { light: '#5a6270', dark: '#a3acba' },
  grid: { light: '#e3e6eb', dark: '#2c333d' },
  axis: { light: '#9aa3b0', dark: '#5c6675' },
  train: { light: '#0069a8', dark: '#5ab4f0' },
  validation: { light: '#c4500a', dark: '#ff9d5c' },
  boundary: { light: '#565c66', dark: '#b4bcc8' },
  bar: { light: '#8fb1cc', dark: '#4a6f8f' },
  minority: { light: '#c64f08', dark: '#ff9d5a' },
  majority: { light: '#00599a', dark: '#62b8f2' },
  right: { light: '#00704f', dark: '#3ecf9e' },
  wrong: { light: '#b83a0c', dark: '#ff8f66' },
  missed: { light: '#6a4c93', dark: '#c3a6ee' },
} as const;

/** `svgToPng` has the font Inter. A page without Inter falls back to the system's font. */
export const fontFamily = "Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
