-- Plays that are not exactly once where they must be.

CREATE TABLE account_difference AS
SELECT
  event_id,
  played_at,
  acknowledged_at,
  (acknowledged_at IS NOT NULL AND (stored IS NULL OR times IS NULL))::INTEGER AS lost,
  greatest(coalesce(times, 0) - 1, 0) AS twice,
  (acknowledged_at IS NULL)::INTEGER AS never_acknowledged,
  CASE
    WHEN acknowledged_at IS NULL THEN 'in the lake, but never acknowledged'
    WHEN stored IS NULL THEN 'acknowledged, but not in plays/'
    WHEN times IS NULL THEN 'in plays/, but not in enriched/'
    ELSE 'in enriched/ ' || times || ' times' END AS what
FROM acknowledged
FULL JOIN (SELECT *, true AS stored FROM stored) USING (event_id, played_at)
FULL JOIN counted USING (event_id, played_at)
WHERE acknowledged_at IS NULL OR times IS DISTINCT FROM 1 OR stored IS NULL;
