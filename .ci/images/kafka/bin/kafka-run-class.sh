#!/usr/bin/env bash
# Runs a class of Kafka's with the heap and the logging that the environment asks for.
logging=${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=/opt/kafka/config/tools-log4j2.yaml}
# shellcheck disable=SC2086 # each holds several arguments
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} ${KAFKA_JVM_PERFORMANCE_OPTS:--server -XX:+UseG1GC} $logging ${KAFKA_OPTS:-} \
  -Dkafka.logs.dir=/opt/kafka/logs -cp "${CLASSPATH:+$CLASSPATH:}/opt/kafka/libs/*" "$@"
