"""What the DAGs have in common: the Spark jobs, the lake, the charts' database, the record of runs."""
