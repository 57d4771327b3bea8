/** A phone, a tablet and a desk: what a whole journey is made on. */
export const SCREENS = [
  { name: 'a phone', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { name: 'a tablet', viewport: { width: 768, height: 1024 }, hasTouch: true, isMobile: true },
  { name: 'a desk', viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false },
];
