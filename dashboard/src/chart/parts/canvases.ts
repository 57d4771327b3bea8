// What draws with Chart.js, in a file of its own: it comes beside the page's program, which need not wait for it.
export { BarCanvas } from './BarCanvas';
export { DayLine } from './DayLine';
