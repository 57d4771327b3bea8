import type { Region } from '../../api/types';

interface Props {
  region: string;
  regions: Region[];
  onPick(region: string): void;
}

export function RegionSelect({ region, regions, onPick }: Props) {
  const others = regions.filter((known) => known.region !== 'GLOBAL');
  const listed = region === 'GLOBAL' || others.some((known) => known.region === region);
  return (
    <label className="region-select">
      <span className="hidden">Region of the balance sheet</span>
      <select value={region} onChange={(event) => onPick(event.target.value)}>
        <option value="GLOBAL">All regions</option>
        {!listed && <option value={region}>{region}</option>}
        {others.map((known) => (
          <option key={known.region} value={known.region}>
            {known.name}
          </option>
        ))}
      </select>
    </label>
  );
}
