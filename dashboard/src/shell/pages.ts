/** The pages of the navigation, and what each is for. */
export const PAGES = [
  { path: '/', name: 'Chart', what: 'The Top 10 of a region, for an hour or a day.' },
  { path: '/world', name: 'World', what: 'Every region’s number one, and regions side by side.' },
  { path: '/race', name: 'Race', what: 'How the Top 10 of a day or a month came about.' },
  {
    path: '/pipeline',
    name: 'Pipeline',
    what: 'How plays become charts, and whether each is accounted for.',
  },
] as const;
