-- Of a chart that was counted by several versions of the rules, the one that it says it was made by.

CREATE TEMP TABLE version AS
SELECT granularity, period, region, max(counted.rules_version) FILTER (counted.rules_version = served.rules_version) AS said
FROM counted_chart AS counted
LEFT JOIN served_chart AS served USING (granularity, period, region)
GROUP BY granularity, period, region;

DELETE FROM counted_chart AS counted USING version
WHERE counted.granularity = version.granularity AND counted.period = version.period AND counted.region = version.region
  AND counted.rules_version <> coalesce(version.said, getvariable('rules_version'));

DELETE FROM counted_entry AS counted USING version
WHERE counted.granularity = version.granularity AND counted.period = version.period AND counted.region = version.region
  AND counted.rules_version <> coalesce(version.said, getvariable('rules_version'));
